"""An OpenID Connect provider of our own that lies when a test asks it to.

    provider = Provider()
    provider.claims["nonce"] = "another"        # what the next token says besides what is right
    provider.sign = provider.sign_none          # how it is signed
    provider.answer["/token"] = (500, b"")      # what an endpoint answers instead

Tokens are made with python3-cryptography, so what is checked with cjose was not made by it. Whoever
opens the authorization endpoint is sent back at once with a code.
"""
import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

MISSING = object()


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Provider:
    def __init__(self):
        self.rsa = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)
        self.ec = ec.generate_private_key(ec.SECP256R1())
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.server.handle_error = lambda *_: None  # whoever waited has gone
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.secret = "s&cret of t+sts"
        self.jwks = [self.jwk_rsa(self.rsa, "one"), self.jwk_ec("two"), self.jwk_rsa(self.weak, "weak")]
        self.asked = []  # (path, fields, headers)
        self.reset()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def reset(self):
        """Honest again, for one person of the demo."""
        self.person = {"sub": "marta-1", "email": "marta.kowalczyk@example.org", "email_verified": True}
        self.claims, self.header = {}, {}
        self.sign = self.sign_rs256
        self.answer = {}    # path -> (status, body), or a function that answers them
        self.arrival = {}   # what stands in the address of the way back, MISSING: not there
        self.hang = None    # an Event: /token waits for it
        self.codes, self.tokens = {}, {}
        self.takes_secret = "client_secret_basic"

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    # ---- Keys and signatures ----

    @staticmethod
    def jwk_rsa(key, kid):
        public = key.public_key().public_numbers()
        return {"kty": "RSA", "kid": kid, "use": "sig", "n": number(public.n), "e": number(public.e)}

    def jwk_ec(self, kid):
        public = self.ec.public_key().public_numbers()
        return {"kty": "EC", "crv": "P-256", "kid": kid, "use": "sig",
                "x": b64(public.x.to_bytes(32, "big")), "y": b64(public.y.to_bytes(32, "big"))}

    def parts(self, header, claims):
        header = {"typ": "JWT", **header, **self.header}
        return ".".join(b64(json.dumps({k: v for k, v in part.items() if v is not MISSING}).encode())
                        for part in (header, claims))

    def sign_rs256(self, claims, key=None, kid="one"):
        text = self.parts({"alg": "RS256", "kid": kid}, claims)
        return text + "." + b64((key or self.rsa).sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))

    def sign_ps256(self, claims):
        text = self.parts({"alg": "PS256", "kid": "one"}, claims)
        pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
        return text + "." + b64(self.rsa.sign(text.encode(), pss, hashes.SHA256()))

    def sign_es256(self, claims):
        text = self.parts({"alg": "ES256", "kid": "two"}, claims)
        r, s = decode_dss_signature(self.ec.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return text + "." + b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def sign_none(self, claims):
        return self.parts({"alg": "none"}, claims) + "."

    def sign_public_key(self, claims):
        """HS256 with the public key as the secret, which everybody knows."""
        pem = self.rsa.public_key().public_bytes(serialization.Encoding.PEM,
                                                 serialization.PublicFormat.SubjectPublicKeyInfo)
        return self.sign_secret(claims, pem)

    def sign_secret(self, claims, secret=None):
        text = self.parts({"alg": "HS256", "kid": "one"}, claims)
        return text + "." + b64(hmac.new(secret or self.secret.encode(), text.encode(), hashlib.sha256).digest())

    # ---- Endpoints ----

    def document(self):
        return {"issuer": self.issuer, "authorization_endpoint": self.issuer + "/authorize?from=kw",
                "token_endpoint": self.issuer + "/token", "jwks_uri": self.issuer + "/keys",
                "userinfo_endpoint": self.issuer + "/me", "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": [self.takes_secret]}

    def authorize(self, query):
        """The address of the way back, with a code for this person."""
        code = secrets.token_urlsafe(24)
        self.codes[code] = (query, dict(self.person))
        back = {"code": code, "state": query["state"], "iss": self.issuer, **self.arrival}
        return query["redirect_uri"] + "?" + urllib.parse.urlencode(
            {k: v for k, v in back.items() if v is not MISSING})

    def token(self, fields, headers):
        query, person = self.codes.pop(fields.get("code"), (None, None))
        way = self.takes_secret
        basic = base64.b64decode(headers.get("Authorization", "").partition(" ")[2]).decode()
        client, _, secret = (urllib.parse.unquote_plus(part) for part in basic.partition(":"))
        if way != "client_secret_basic":
            client, secret = fields.get("client_id"), fields.get("client_secret")
        if (client, secret) != ("keptword", None if way == "none" else self.secret) or \
                way != "client_secret_basic" and "Authorization" in headers:
            return 401, {"error": "invalid_client"}
        verifier = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
        if not query or b64(verifier) != query["code_challenge"] or query["code_challenge_method"] != "S256" \
                or fields.get("redirect_uri") != query["redirect_uri"] \
                or fields.get("grant_type") != "authorization_code":
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": "keptword", "iat": now, "exp": now + 300,
                  "nonce": query["nonce"], **person, **self.claims}
        access = secrets.token_urlsafe(24)
        self.tokens[access] = person
        return 200, {"token_type": "Bearer", "access_token": access,
                     "id_token": self.sign({k: v for k, v in claims.items() if v is not MISSING})}

    def handler(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def say(self, status, body, **headers):
                if not isinstance(body, bytes):
                    body = json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", "Content-Length": len(body),
                                    **headers}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)

            def answer(self, fields):
                address = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(address.query))
                provider.asked.append((address.path, fields, dict(self.headers)))
                if address.path in provider.answer:
                    told = provider.answer[address.path]
                    self.say(*(told() if callable(told) else told))
                elif address.path == "/.well-known/openid-configuration":
                    self.say(200, provider.document())
                elif address.path == "/keys":
                    self.say(200, {"keys": provider.jwks})
                elif address.path == "/authorize":
                    self.say(302, b"", Location=provider.authorize(query))
                elif address.path == "/token":
                    if provider.hang:
                        provider.hang.wait(20)
                    self.say(*provider.token(fields, self.headers))
                elif address.path == "/me":
                    person = provider.tokens.get(self.headers.get("Authorization", "").partition(" ")[2])
                    self.say(200 if person else 401, person or {})
                else:
                    self.say(404, {})

            def do_GET(self):
                self.answer({})

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.answer(dict(urllib.parse.parse_qsl(body.decode())))

        return Handler
