{{%AUTOESCAPE context="HTML"}}
<svg viewBox="0 0 {{WIDTH}} {{WIDTH}}" width="232" height="232" role="img" aria-labelledby="qr-title" shape-rendering="crispEdges">
<title id="qr-title">QR code for your authenticator app. The letters below say the same.</title>
<rect width="{{WIDTH}}" height="{{WIDTH}}" fill="#fff"/>
<path d="{{SHAPE}}" fill="#000"/>
</svg>
