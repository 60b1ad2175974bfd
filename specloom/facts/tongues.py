"""A few words of other languages: those that tell where in a request something stands, and what a section is about.

Names, statuses and examples are the same in every language; what leads to them is not.
"""

from __future__ import annotations

from typing import Final

AUTHENTICATION: Final = (
    r"autentic|autoriz|authentifi|autorisi|identifica[cç]|zugangs|uwierzyteln"
    r"|аутентиф|авториз|认证|認證|鉴权|鑑權|授权|授權|验权|認証|인증"
)
"""Of a heading: authentication, authorisation."""
HEADER: Final = (
    r"cabe(?:cera|[cç]alho)s?|encabezados?|en-?t[eê]tes?|kopfzeilen?|intestazion[ei]|nagłów\w+"
    r"|заголов\w+|请求头|請求頭|标头|ヘッダー?|헤더"
)
PARAMETER: Final = (
    r"par[áa]metros?|param[èe]tres?|parametri|parametr\w*|параметр\w*"
    r"|查询参数|参数|參數|パラメータ|クエリ|매개변수|파라미터"
)
SENT: Final = (
    r"envi(?:ar|e|ado|ada|as|a)\b|inclu(?:ir|[iíy]\w*|re|s)\b|envoy\w+|transmi\w+|pass[ée]e?s?\b|fourni\w*|ajout\w+"
    r"|utili[sz]\w+|gesendet|senden|mitge\w+|[üu]bergeben|angeben|inviar\w*|przesła\w*|przeka\w*"
    r"|переда\w+|указ\w+|отправ\w+|添加|携带|传递|传入|设置|指定|形如|付与|送信"
)
"""How something gets into a request."""
CREDENTIAL: Final = (
    r"\bclaves?\b|\bchaves?\b|\bcl[ée]s?\b|schl[üu]ssel|\bchiav[ei]\b|\bjetons?\b"
    r"|ключ\w*|токен\w*|密钥|令牌|キー|トークン"
)
IDEMPOTENCE: Final = r"idempot[eê]n|идемпотент|幂等|冪等|べき等|멱등"
