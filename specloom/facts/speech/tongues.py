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
NEEDS_NONE: Final = (
    r"\b(?:no|não|nao) (?:se )?(?:requiere|requer|necesita|precisa|exige)n?"
    r" (?:de )?(?:autentica\w+|claves?|chaves?|tokens?)"
    r"|\bsin (?:necesidad de )?autenticaci[óo]n\b|\bsem (?:necessidade de )?autentica[çc][ãa]o\b"
    r"|\baucune? (?:cl[ée]|authentification|jeton)\b[^.;]{0,20}\b(?:nécessaire|requise?|demandée?)"
    r"|\bkeine?n? (?:api-)?(?:authentifizierung|schl[üu]ssel|anmeldung)\b[^.;]{0,20}"
    r"\b(?:erforderlich|n[öo]tig|ben[öo]tigt|notwendig)"
    r"|无需(?:认证|鉴权|授权|登录|密钥)|不需要(?:认证|鉴权|授权|登录|密钥)|認証は?不要"
)
"""That nothing is needed."""
CREDENTIAL: Final = (
    r"\bclaves?\b|\bchaves?\b|\bcl[ée]s?\b|schl[üu]ssel|\bchiav[ei]\b|\bjetons?\b"
    r"|ключ\w*|токен\w*|密钥|令牌|キー|トークン"
)
IDEMPOTENCE: Final = r"idempot[eê]n|идемпотент|幂等|冪等|べき等|멱등"
SIGNATURE: Final = r"assinatura|assinado|\bfirma(?:da|do|r)?\b|signier|unterschrift|подпис|签名|簽名|署名"
REQUESTS: Final = (
    r"peticiones|solicitudes|llamadas|consultas|requisiç(?:ões|ão)|solicitações|chamadas|requ[êe]tes?|appels"
    r"|anfragen|abfragen|aufrufen?|richieste|chiamate|verzoeken|aanvragen|запрос\w*|żąda(?:ń|nia)|zapytań"
)
LIMITED: Final = r"l[íi]mit|m[áa]xim|h[öo]chstens|begrenz|ограничен|限|最多|上限|制限|제한"
EXCEEDED: Final = (
    r"l[íi]mites?\b[^.;]{0,80}\b429|429\b[^.;]{0,80}l[íi]mites?\b|au-del[àa][^.;]{0,60}\b429|(?:super|exced|dépass|überschr)\w+[^.;]{0,80}\b429"
    r"|超过[^。]{0,30}429|429[^。]{0,30}(?:超过|限)"
)
WINDOWS: Final = {
    1: r"segundo|seconde|sekunde|secondo|seconde|секунду|sekundę",
    60: r"minuto|minute|minuut|минуту|minutę",
    3600: r"hora|heure|stunde|ora|uur|час|godzinę",
    86_400: r"d[íi]a|jour|tag|giorno|dag|день|сутки|dzień",
}
CHARACTERS: Final = {
    "秒": 1,
    "分": 60,
    "分钟": 60,
    "分鐘": 60,
    "小时": 3600,
    "小時": 3600,
    "时": 3600,
    "時間": 3600,
    "天": 86_400,
    "日": 86_400,
}
"""Units of time that are written without blanks."""
