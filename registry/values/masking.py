"""Masks whatever in a text would tell who wrote it."""

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
_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_NAME = rf"(?:{_COMPOUND}|[{_FAMILY_NAMES}]){_HAN}{{1,2}}"
# Whom 叫 names: 我叫, 我家老大叫, 儿子叫, 崽叫, 名叫; not what 活动叫 and 方案叫 name.
_PERSON = rf"(?:[我他她](?:(?!的){_HAN}){{0,5}}?|[名子儿女孩崽公婆爸妈爷奶哥弟姐妹友])"
_KIN = (
    "老公|老婆|丈夫|妻子|爱人|老伴|对象|父亲|母亲|爸爸?|妈妈?|爷爷|奶奶|外公|外婆|哥哥?|弟弟?|姐姐?|妹妹?|"
    "儿子|女儿|闺女|孩子|崽|孙子|孙女|女婿|儿媳|媳妇|朋友|邻居|同事"
)
_END_OF_NAME = rf"(?:(?!{_HAN})|(?=[是在住要问]|想|今年|电话|手机))"
# Where a name could stand, words that begin with the character of a family name: 我是高中生, 老公常年在外.
_NO_NAME = (
    "高[中职校级龄度位血考]|江[西苏]|金[牌属]|石[匠城]|陶瓷|林[业场]|白[领天化内班]|马上|曾经|常[年常]|任[何职教]|"
    "向[来你您]|方[便才]|严重|许多|何[时况必]|周[末岁围]|夏天|唐氏|钟点|武[汉警宁]|于[都是]|余[干江]|万[年安载一]|龙南|金溪|黎川|"
    "[徐郑]州|苏[州区]"
)
# 叫 also sends for somebody: 我叫我儿子记下来.
_SENT_FOR = "[我你您他她它咱谁人啥哪这那不]|什么|怎么"
_INTRODUCED = (
    re.compile(rf"({_PERSON}叫)(?:做|作|[:：])?\s*{_NAME}"),
    # Whoever says 我叫 may have any family name, or none: 阿里木.
    re.compile(
        rf"((?:[我俺]|本人|(?<!项目)(?<!项目的)(?<!活动)(?<!活动的)名字)叫)(?:做|作|[:：])?\s*(?!{_SENT_FOR})"
        rf"(?:{_HAN}{{1,8}}(?:[·•・]{_HAN}{{1,8}})+|{_HAN}{{2,4}}?{_END_OF_NAME})"
    ),
    re.compile(
        rf"([我俺]是|本人是?|(?:{_KIN})是?)(?!{_NO_NAME})(?:{_COMPOUND}|[{_FAMILY_NAMES}]){_HAN}{{1,2}}?{_END_OF_NAME}"
    ),
    re.compile(rf"(姓名|名字)(?:(?:是|叫|[:：\s])\s*{_NAME}|[:：]\s*{_HAN}{{2,4}})"),
    re.compile(rf"(我姓)(?:{_COMPOUND}|(?!名){_HAN})"),
)

# Characters at which the name of a place neither begins nor goes on. What 市, 县 and 区 end stays readable.
_NOT_IN_A_PLACE = (
    "我你他她它俺们的了着过在住到去是从把被让给跟这那哪个条些么几每各某该还都就也没冇不很找走沿靠请问市县区省"
)
_PLACE_CHARACTER = rf"(?:(?![{_NOT_IN_A_PLACE}]){_HAN})"
# What ends as places do and is none, or a city or county.
_COMMON_ENDS = (
    "农村 乡村 山村 驻村 进村 回村 下村 全村 本村 邻村 同村 外村 当村 帮村 万村 城乡 家乡 下乡 回乡 返乡 "
    "老乡 同乡 故乡 他乡 连乡 萍乡 东乡 新乡 桐乡 湘乡 城镇 乡镇 村镇 小镇 本镇 副镇 护路 公路 铁路 马路 "
    "出路 销路 活路 修路 跑路 道路 带路 走路 来路 赶路 线路 网路 电路 思路 套路 半路 一路 上路 养路 巡路 "
    "过路 有路 烂路 野路 看路 里路 远路 光路 发路 时路 上街 逛街 满街 老街 扫街 租街 死巷 小巷 冤枉路 "
    "回头路 高速路 水泥路 步行街 小吃街 商业街 景德镇 隔壁村 大学生村 残疾村 贫困村 移民村 示范村 重点村 "
    "有门路 啥门路 好门路 得门路 新小区 老小区 残疾乡 隔壁镇 隔壁乡 新街道"
)
_NO_COMMON_END = "".join(rf"(?<!{word})" for word in _COMMON_ENDS.split())
_PLACE_END = (
    "街道|大道(?!理)|小区|乡(?![里下亲邻愁音土镇村])|镇(?![长干])|村(?![民干委支医里级集口官务主书长会小老头妇医合旅])|"
    "路(?![费演员程途由况障牌人])|街(?![上头边坊面])|巷"
)
_HOUSE_NUMBER = r"[0-9０-９一二三四五六七八九十百]+(?:号楼?|组|栋|幢|单元|室)"
_PLACE = rf"(?:{_PLACE_CHARACTER}{{2,6}}?|[{_FAMILY_NAMES}东西南北中])(?:{_PLACE_END}){_NO_COMMON_END}"
# 乡, 村, 路 and 小区 at most: without an end, the ways to cut a text into places double with every few characters.
_PLACES = rf"(?:{_PLACE}){{1,4}}"
_ADDRESSES = (
    # Whoever says where they live names a place, whatever follows: 住水南村里.
    re.compile(
        rf"(?:(?<=[住自])|(?<=[家住]在)){_PLACE_CHARACTER}{{2,6}}?[镇乡村路街巷]{_NO_COMMON_END}(?:{_PLACES})?(?:\s*{_HOUSE_NUMBER})*"
    ),
    re.compile(rf"{_PLACES}(?:\s*{_HOUSE_NUMBER})*"),
    # A house without its street; 5月3号 and 〔2022〕90号 are none.
    re.compile(
        rf"{_HAN}{{2,6}}(?:村|路|街|小区|组|苑|庄|屯|花园|家园|公寓)\s*(?:{_HOUSE_NUMBER})+|(?<=住)\s*(?:{_HOUSE_NUMBER})+|"
        rf"[0-9０-９]+(?:号楼|栋|幢|单元)(?:\s*{_HOUSE_NUMBER})*|[0-9０-９]{{3,4}}室"
    ),
)


def masked(text: str) -> str:
    """`text` with phone, ID and account numbers, introduced names and places below the county made unreadable.

    Years, amounts and the numbers of public services stay, and so do cities, counties and
    names that nothing introduces.
    """
    for pattern in _ACCOUNTS:
        text = pattern.sub(MASK, text)
    text = _NUMBER.sub(_number_masked, text)
    for pattern in _INTRODUCED:
        text = pattern.sub(rf"\1{MASK}", text)
    for pattern in _ADDRESSES:
        text = pattern.sub(MASK, text)
    return text


def _number_masked(match: re.Match[str]) -> str:
    number = match[0]
    digits = re.findall(_DIGIT, number)
    if len(digits) < _FEWEST_DIGITS or all(_PUBLIC.fullmatch(part) for part in re.split(_GAP, number)):
        return number
    # No amount begins with a zero, but area codes do.
    is_amount = _AMOUNT.match(match.string, match.end()) and digits[0] not in "0０零〇○洞"
    return number if is_amount and len(digits) <= _MOST_DIGITS_OF_AN_AMOUNT else MASK
