"""Takes out of a text what would tell who wrote it."""

import re

MASK = "＊"

# Letters and digits of addresses and accounts: \w would also take the Chinese words beside them.
_WORD = "A-Za-z0-9_Ａ-Ｚａ-ｚ０-９"
_ACCOUNTS = (
    re.compile(rf"(?<![{_WORD}.+%-])[{_WORD}.+%-]+[@＠][{_WORD}-]+(?:[.．][{_WORD}-]+)+"),
    re.compile(r"(?:https?://|www\.)[!-~]+"),
    # WeChat's own names begin with a letter or _, so 微信12333 is none; a QQ number is digits.
    re.compile(rf"微信号?(?:是|[:：])?\s*[A-Za-z_][{_WORD}-]{{3,}}"),
    re.compile(rf"qq号?(?:是|[:：])?\s*[{_WORD}-]{{4,}}", re.IGNORECASE),
)

_DIGIT = "[0-9０-９零〇○一二三四五六七八九幺两洞]"
_GAP = r"[\s\-－—]{1,3}"
# An ID number may end in X (GB 11643-1999); on a disability certificate two digits follow, for kind and degree.
_NUMBER = re.compile(rf"{_DIGIT}(?:(?:{_GAP})?{_DIGIT})+(?:(?:{_GAP})?[XxＸｘ](?:(?:{_GAP})?{_DIGIT}){{0,2}})?")
_FEWEST_DIGITS = 6
"""Of a number that tells who wrote: landlines without area code have seven, and one may be left out."""
_MOST_DIGITS_OF_AN_AMOUNT = 10
"""Mobile numbers have 11 digits, ID numbers 15 or 18, certificates 20."""
_AMOUNT = re.compile(r"\s*[元块万亿人名户年]")
# Years, and numbers of public services (电信网编号计划: 10xxx, 12xxx, 95xxx and 96xxx).
_PUBLIC = re.compile(r"(?:19|20)[0-9]{2}|(?:1[02]|9[56])[0-9]{3}")

# The commonest family names (公安部户政管理研究中心《二〇一九年全国姓名报告》), then compound ones.
_FAMILY_NAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向欧常汤"
)
_COMPOUND = "欧阳|上官|司马|诸葛|司徒|皇甫|东方|夏侯|尉迟|令狐|慕容"
_HAN = "[\u4e00-\u9fff]"
_NAME = rf"(?:{_COMPOUND}|[{_FAMILY_NAMES}]){_HAN}{{1,2}}"
# Whom 叫 names: 我叫, 我家老大叫, 儿子叫, 崽叫, 名叫; not what 活动叫 and 方案叫 name.
_PERSON = rf"(?:[我他她](?:(?!的){_HAN}){{0,5}}?|[名子儿女孩崽公婆爸妈爷奶哥弟姐妹友])"
_INTRODUCED = (
    re.compile(rf"({_PERSON}叫)(?:做|作|[:：])?\s*{_NAME}"),
    re.compile(rf"(姓名|名字)(?:(?:是|叫|[:：\s])\s*{_NAME}|[:：]\s*{_HAN}{{2,4}})"),
    re.compile(rf"(我姓)(?:{_COMPOUND}|(?!名){_HAN})"),
)

# A village group or house number.
_HOUSE = re.compile(rf"{_HAN}{{2,6}}(?:村|路|街|小区|组)\s*[0-9０-９一二三四五六七八九十百]+(?:号|组|栋|室|单元)")


def masked(text: str) -> str:
    """`text` with phone, ID and account numbers, addresses and introduced names made unreadable.

    Years, amounts and the numbers of public services stay, and so do names that nothing introduces.
    """
    for pattern in _ACCOUNTS:
        text = pattern.sub(MASK, text)
    text = _NUMBER.sub(_number_masked, text)
    for pattern in _INTRODUCED:
        text = pattern.sub(rf"\1{MASK}", text)
    return _HOUSE.sub(MASK, text)


def _number_masked(match: re.Match[str]) -> str:
    number = match[0]
    digits = re.findall(_DIGIT, number)
    if len(digits) < _FEWEST_DIGITS or all(_PUBLIC.fullmatch(part) for part in re.split(_GAP, number)):
        return number
    # No amount begins with a zero, but area codes do.
    is_amount = _AMOUNT.match(match.string, match.end()) and digits[0] not in "0０零〇○洞"
    return number if is_amount and len(digits) <= _MOST_DIGITS_OF_AN_AMOUNT else MASK
