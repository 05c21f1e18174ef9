"""How each question of each journey is reached, and what answers it; shared by the tests that interrupt there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """A slot that is being asked for."""

    journey: str
    slot: str
    before: tuple[str, ...]
    """What is said until it is asked for, the opening sentence first."""
    answer: str
    value: str
    """What the answer comes to, as the form keeps it."""

    @property
    def name(self) -> str:
        return f"{self.journey}-{self.slot}"


_QUOTA, _REWARD = "帮我算一下单位要安排几个残疾人", "帮我算一下超比例奖励"
_DIBAO, _POSTS = "帮我算低保延退能延到哪天", "帮我看看公益性岗位还能不能再安排"
_NAVIGATOR = "帮我看看有哪些政策适合我"

_REGISTER, _NUMBER = "我要登记就业需求", "12345671"
_AGREED = (_REGISTER, "同意", "同意")
_REACHABLE = (*_AGREED, "刘小梅", "13800138000")
_PLACED = (*_REACHABLE, "赣州于都")
_ASSESSED = (*_PLACED, "女", "跳过", "肢体残疾", "三级")

QUESTIONS = (
    Question("quota", "unit_kind", (_QUOTA,), "我们是市里的事业单位", "institution"),
    Question("quota", "establishment", (_QUOTA, "事业单位"), "编制八十个", "80"),
    Question("quota", "staff", (_QUOTA, "事业单位", "编制八十个"), "两百来人", "200"),
    Question("quota", "disabled_staff", (_QUOTA, "事业单位", "编制八十个", "在职两百人"), "就一个", "1"),
    Question("reward", "staff", (_REWARD,), "一百二十人", "120"),
    Question("reward", "disabled_staff", (_REWARD, "职工一百二十人"), "五个", "5"),
    Question("reward", "wage", (_REWARD, "职工一百二十人", "残疾人五个"), "一千八百五", "1850"),
    Question("reward", "wage_class", (_REWARD, "职工一百二十人", "残疾人五个", "不知道"), "二类区域", "2"),
    Question("dibao_years", "disabled", (_DIBAO,), "是的,有残疾证", "yes"),
    Question("dibao_years", "receives_dibao", (_DIBAO, "是残疾人"), "吃着低保呢", "yes"),
    Question("dibao_years", "self_employed", (_DIBAO, "是残疾人", "有低保"), "自己开了个小店", "yes"),
    Question("dibao_years", "first_time", (_DIBAO, "是残疾人", "有低保", "自己创业"), "头一回", "yes"),
    Question(
        "dibao_years", "started", (_DIBAO, "是残疾人", "有低保", "自己创业", "第一次"), "二〇二三年三月份", "2023-03"
    ),
    Question("posts_again", "placements", (_POSTS,), "安排过一次", "1"),
    Question("posts_again", "passed", (_POSTS, "一次"), "考核合格的", "yes"),
    Question("navigator", "asker", (_NAVIGATOR,), "我自己就是残疾人", "self"),
    Question("navigator", "disability_type", (_NAVIGATOR, "我自己"), "眼睛看不见", "视力"),
    Question("navigator", "aim", (_NAVIGATOR, "我自己", "视力残疾"), "想学门手艺", "training"),
    Question("navigator", "residence", (_NAVIGATOR, "我自己", "视力残疾", "学技术"), "住在村里", "rural"),
    Question("navigator", "student", (_NAVIGATOR, "我自己", "视力残疾", "学技术", "农村"), "没读过大学", "no"),
    Question(
        "navigator",
        "receives_dibao",
        (_NAVIGATOR, "我自己", "视力残疾", "学技术", "农村", "不是大学生"),
        "有低保",
        "yes",
    ),
    Question("navigator", "unit_kind", (_NAVIGATOR, "我们是用人单位"), "私人的工厂", "company"),
    Question("register", "consent", (_REGISTER,), "可以的", "yes"),
    Question("register", "consent_disability", (_REGISTER, "同意"), "也同意", "yes"),
    Question("register", "name", _AGREED, "我叫刘小梅", "刘小梅"),
    Question("register", "phone", (*_AGREED, "刘小梅"), "幺三八零零幺三八零零零", "13800138000"),
    Question("register", "city", _REACHABLE, "赣州那边", "赣州"),
    Question("register", "county", (*_REACHABLE, "赣州"), "在于都县", "于都县"),
    Question("register", "gender", _PLACED, "女的", "女"),
    Question("register", "birth_year", (*_PLACED, "女"), "八五年的", "1985"),
    Question("register", "disability_type", (*_PLACED, "女", "跳过"), "走路不方便,拄拐的", "肢体"),
    Question("register", "disability_level", (*_PLACED, "女", "跳过", "肢体残疾"), "证上写的三级", "三级"),
    Question("register", "education", _ASSESSED, "初中毕业", "初中"),
    Question("register", "skills", (*_ASSESSED, "初中"), "会踩缝纫机", "踩缝纫机"),
    Question("register", "desired_job", (*_ASSESSED, "初中", "跳过"), "想找个看门的活", "看门"),
    Question("register", "work_mode", (*_ASSESSED, "初中", "跳过", "看门"), "想在家里做", "居家"),
    Question("register", "training_need", (*_ASSESSED, "初中", "跳过", "看门", "居家"), "想学电脑", "电脑"),
    Question("register", "accommodation", (*_ASSESSED, "初中", "跳过", "看门", "居家", "跳过"), "要有坡道", "有坡道"),
    Question("my_data", "case_number", ("查一下我的登记",), _NUMBER, _NUMBER),
    Question("change_data", "case_number", ("我的电话换了,改一下登记",), _NUMBER, _NUMBER),
    Question("change_data", "phone", ("我的电话换了,改一下登记", _NUMBER), "13800138000", "13800138000"),
)
