"""Approving a card-issuing programme. 社会保障卡发行审批

A province or prefecture files its programme, the ministry approves it, keys and test cards follow, and cards are issued
once the programme is published. Changes are approved anew or only recorded; use across regions is checked separately: each
is a case of its own. No source gives a time limit.
"""

from ssflow.machines.issuer_programme.data import Alteration, Application, Approval, Change, Facts, Findings, Programme
from ssflow.machines.issuer_programme.guards import contents_complete, documents_complete
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Place, Process, Role, State, Term, guard, opens
from ssflow.regions import enclosing
from ssflow.text import Text


def _places_up(act: Act[Facts]) -> int:
    """Return how many places there are from the issuing place outwards, including itself and the nation."""
    return len(enclosing(act.places.get("issuing", "")))


@guard("发卡地区为地市级", "the issuing place is a prefecture", cites=["hrss-2011-47 3", "hrss-office-2014-20 2"])
def of_prefecture(act: Act[Facts]) -> bool:
    return _places_up(act) == 3  # itself, its province, the nation


@guard("发卡地区为省级", "the issuing place is a province", cites=["hrss-2011-47 3", "hrss-office-2014-20 2"])
def of_province(act: Act[Facts]) -> bool:
    return _places_up(act) == 2  # itself, the nation


@guard("须为卡面或卡内文件结构的变更", "it changes the card face or the files", cites="hrss-2011-47 8")
def needs_approval(act: Act[Facts]) -> bool:
    return act.facts.change in (Change.card_face, Change.files)


@guard("须为厂商产品、人群或数量的变更", "it changes maker, group or number", cites="hrss-2011-47 8")
def needs_record(act: Act[Facts]) -> bool:
    return act.facts.change in (Change.maker, Change.group, Change.number)


@guard("用卡环境须一致", "the environment of the card is consistent", cites="hrss-2011-47 17")
def environment_consistent(act: Act[Facts]) -> bool:
    return act.facts.consistent


@guard("用卡环境须安全", "the environment of the card is secure", cites="hrss-2011-47 17")
def environment_secure(act: Act[Facts]) -> bool:
    return act.facts.secure


class IssuerProgramme(Process):
    """One programme of one place, one change of it, or one check for use across regions."""

    title = Text("社会保障卡发行审批", "Approval of a card-issuing programme")
    facts = Facts

    issuing = Place("发卡地区", "issuing place")

    department = Role("发卡地区人社部门", "human-resources department of the issuing place")
    province = Role("省级人社部门", "provincial human-resources department")
    ministry = Role("部信息化领导小组办公室", "ministry's informatisation office")
    centre = Role("部信息中心", "ministry's information centre")

    first_examination = Term("初审时限", "first examination", owed_by=province)
    examination = Term("审批时限", "examination", owed_by=ministry)
    recording = Term("备案时限", "recording", owed_by=ministry)
    access_check = Term("准入检查时限", "check for access", owed_by=ministry)

    at_province = State("省级初审", "first examined by the province", first_examination)
    at_ministry = State("部级审批", "examined by the ministry", examination)
    approved = State("已批准", "approved")
    keyed = State("已领密钥和PSAM卡", "keys and PSAM cards obtained")
    tested = State("通用测试通过", "general test passed")
    published = State("已发布应用管理规程", "programme published")
    changing = State("变更审批", "change examined by the ministry", examination)
    noting = State("变更备案中", "change being recorded", recording)
    checking = State("跨地区应用准入检查", "checked for use across regions", access_check)
    issuing_cards = State("可发卡", "may issue", final=True)
    changed = State("变更已批准", "change approved", final=True)
    noted = State("变更已备案", "change recorded", final=True)
    admitted = State("准予跨地区应用", "admitted to use across regions", final=True)
    refused = State("不予批准", "refused", final=True)

    file = (
        opens(at_province, when=of_prefecture & documents_complete)
        | opens(at_ministry, when=of_province & documents_complete)
    ).by(department, "申请发卡", "file", data=Application, cites=["hrss-2011-47 7", "hrss-2011-47 8"])
    pass_on = at_province.to(at_ministry).by(province, "初审上报", "pass on", cites="hrss-2011-47 8")
    decline = at_province.to(refused).by(province, "初审不通过", "decline", data=Remarks, cites="hrss-2011-47 8")
    approve = at_ministry.to(approved).by(ministry, "批准发卡", "approve", data=Approval, cites="hrss-2011-47 8")
    refuse = (
        (at_ministry | changing | checking)
        .to(refused)
        .by(ministry, "不予批准", "refuse", data=Remarks, cites=["hrss-2011-47 8", "hrss-2011-47 17"])
    )

    give_keys = approved.to(keyed).by(centre, "发放密钥和PSAM卡", "give keys", cites="hrss-office-2014-20 2")
    fail_test = keyed.stays().by(
        centre, "测试未通过", "report a failed test", data=Remarks, cites="hrss-office-2014-20 2"
    )
    pass_test = keyed.to(tested).by(centre, "通用测试通过", "pass the test", cites="hrss-office-2014-20 2")
    publish = tested.to(published, when=contents_complete).by(
        department, "发布应用管理规程", "publish the programme", data=Programme, cites="hrss-2011-47 16"
    )
    begin = published.to(issuing_cards).by(department, "开始发卡", "begin to issue", cites="hrss-office-2014-20 2")

    ask_change = opens(changing, when=needs_approval).by(
        department, "申请变更审批", "ask for a change", data=Alteration, cites="hrss-office-2014-20 3"
    )
    approve_change = changing.to(changed).by(ministry, "批准变更", "approve the change", cites="hrss-office-2014-20 4")
    report_change = opens(noting, when=needs_record).by(
        department, "申报变更备案", "report a change", data=Alteration, cites="hrss-office-2014-20 3"
    )
    note_change = noting.to(noted).by(ministry, "变更备案", "record the change", cites="hrss-office-2014-20 4")

    ask_access = opens(checking).by(department, "申请跨地区应用准入", "ask for access", cites="hrss-2011-47 17")
    admit = checking.to(admitted, when=environment_consistent & environment_secure).by(
        ministry, "准予跨地区应用", "admit", data=Findings, cites="hrss-2011-47 17"
    )
