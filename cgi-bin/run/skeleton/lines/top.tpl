{{#ROLE_CONTRIBUTOR}}
<li><a href="/@name@/asks"{{#HERE_@NAME@_ASKS}} aria-current="true"{{/HERE_@NAME@_ASKS}}>@Name@</a></li>
{{/ROLE_CONTRIBUTOR}}
{{#ROLE_HDM}}
<li><a href="/@name@/staff/asks"{{#HERE_@NAME@_STAFF}} aria-current="true"{{/HERE_@NAME@_STAFF}}>To answer</a></li>
{{/ROLE_HDM}}
