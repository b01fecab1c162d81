"""What Schemathesis cannot know of the shop (docs/adr/0034): who is asking, and what no schema can say."""

import json
import os
import re
from base64 import urlsafe_b64decode
from uuid import uuid4

import requests
import schemathesis
from schemathesis.openapi.checks import RejectedPositiveData

GATEWAY = os.environ["JANGTEO_FUZZ_GATEWAY"]

# Values that a schema allows and a rule refuses by their field's name (422), with what the rule is. Everywhere:
RULES = {
    r"cursor": "none but what a list has answered",
    r"country": "a code of ISO 3166-1",
    r"(.+\.)?currency": "a code of ISO 4217",
    r"email": "RFC 5322 allows addresses that nobody has, such as quoted ones",
    r"(newP|p)assword": "none of those that are guessed first",
    r"images\[\d+]": "an address on the web, of all URIs",
}
# For single calls:
RULES_OF = {
    "searchProducts": {r"maxPrice": "not less than minPrice", r"sellerId": "at most an int64"},
    "createProduct": {r"category": "a path of at most five parts, none of them empty"},
    "changeProduct": {
        r"category": "a path of at most five parts, none of them empty",
        r"attributes": "at most 50 after the change",
    },
    "verifyEmail": {r"token": "one of a mail"},
    "resetPassword": {r"token": "one of a mail"},
    "changePassword": {r"currentPassword": "the present one"},
    "confirmSecondFactor": {r"code": "one of the app"},
    "removeSecondFactor": {r"code": "one of the app, or a recovery code"},
    "placeOrder": {
        r"items\[\d+]\.(productId|productName|sellerId)": "one of the two, and of a product that there is",
        r"items": "in one currency",
        r"payment\.token": "with CARD, and with CARD alone",
        r"addressId": "one of the caller's",
    },
    "deposit": {r"token": "one that the provider charges"},
    "refund": {r"amount": "not more than is left of the payment, in its currency"},
}
# Wherever they stand, a text has no control characters and no half of a surrogate pair, and a whole number no decimal
# point: 42.0 is an integer to JSON Schema.
NOT_AS_WRITTEN = {"must not have control characters", "must be well-formed Unicode", "must be a whole number"}

# These end a session, or a member: whoever runs them is nobody else's caller, and is replaced when it is over.
ENDING = {"logout", "logoutEverywhere", "mySessions", "endSession", "changePassword", "eraseMe"}

KEY = "Idempotency-Key"
KEY_SHAPE = re.compile(r"[!-~]{1,255}")

NDJSON = "application/x-ndjson"


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Drops the refusal of a value that a schema allows, where a rule is known for it."""
    return not (isinstance(failure, RejectedPositiveData) and is_by_rule(case, response))


def is_by_rule(case, response):
    if response.status_code not in (400, 422):
        return False
    errors = json.loads(response.content).get("errors", [])
    rules = RULES | RULES_OF.get(operation_id(case), {}) if response.status_code == 422 else {}
    return bool(errors) and all(
        error["message"] in NOT_AS_WRITTEN or any(re.fullmatch(rule, error["field"]) for rule in rules)
        for error in errors
    )


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.headers:
        renew_key(case.headers)
        match_now_and_then(case.headers)
        replace_caller(operation_id(case), case.headers)


used_keys = set()


def renew_key(headers):
    """A key that was sent before is refused with another body, which is as it should be: each request has its own."""
    key = headers.get(KEY)
    if isinstance(key, str) and KEY_SHAPE.fullmatch(key):
        if key in used_keys:
            headers[KEY] = str(uuid4())
        used_keys.add(headers[KEY])


stale = True


def match_now_and_then(headers):
    """No If-Match that is made up is ever the resource's version: every other one is made to fit."""
    global stale
    if "If-Match" in headers:
        stale = not stale
        if not stale:
            headers["If-Match"] = "*"


leaver = None


def replace_caller(operation, headers):
    global leaver
    token = headers.get("Authorization")
    if operation in ENDING and isinstance(token, str) and token.startswith("Bearer eyJ"):
        leaver = leaver or signed_up()
        headers["Authorization"] = "Bearer " + leaver


@schemathesis.hook
def after_call(context, case, response):
    global leaver
    if operation_id(case) in ENDING and response.status_code in (204, 401):
        leaver = None


def signed_up():
    """The access token of a member that nobody else uses."""
    credentials = {"email": f"leaver-{uuid4()}@example.com", "password": str(uuid4())}
    asked("/api/v1/members", {**credentials, "name": "떠나는 이"})
    return asked("/api/v1/auth/login", credentials)["accessToken"]


def asked(path, body):
    answer = requests.post(GATEWAY + path, json=body, timeout=30)
    answer.raise_for_status()
    return answer.json()


@schemathesis.check
def access(ctx, response, case):
    """Nobody is served what is for others (x-access, docs/access.md)."""
    who = set(case.operation.definition.raw["x-access"]["who"])
    roles = roles_of(response.request.headers.get("Authorization", ""))
    if response.status_code < 300 and "ANYONE" not in who and not who & roles:
        raise AssertionError(f"{response.status_code} for {sorted(roles) or 'nobody'}; it is for {sorted(who)}")


def roles_of(authorization):
    """As the token has them: whoever opens a shop is a seller from the next token on, the administrator too."""
    if not authorization.startswith("Bearer eyJ"):
        return set()
    claims = authorization.split(".")[1]
    return {"MEMBER", *json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["roles"]}


@schemathesis.serializer(NDJSON)
def ndjson(context, value):
    if isinstance(value, bytes):
        return value
    return (value if isinstance(value, str) else json.dumps(value)).encode("utf-8", "replace")


@schemathesis.deserializer(NDJSON)
def first_line(context, response):
    """The documented schema is that of a line; the others are for the check below."""
    lines = response.content.splitlines()
    if not lines:
        raise NotImplementedError
    return json.loads(lines[0])


@schemathesis.check
def line_conformance(ctx, response, case):
    """Each line of a stream of lines is as documented."""
    if NDJSON in response.headers.get("content-type", [""])[0]:
        for line in response.content.splitlines()[1:]:
            case.operation.validate_response(only(line, response), case=case)


def only(line, response):
    return schemathesis.Response(
        status_code=response.status_code,
        headers=response.headers,
        content=line,
        request=response.request,
        elapsed=response.elapsed,
        verify=response.verify,
        encoding="utf-8",
    )


def operation_id(case):
    return case.operation.definition.raw.get("operationId")
