"""The guards on the documents and contents of a card-issuing programme."""

from __future__ import annotations

from ssflow.machines.issuer_programme.data import Facts
from ssflow.process import Act, guard


@guard("须提交填写完备的社会保障卡发行注册申请表", "the registration form is filled in", cites="hrss-2011-47 7(1)(1)")
def form_given(act: Act[Facts]) -> bool:
    return act.facts.form


@guard("须提交社会保障卡发行筹备情况说明", "the account of the preparations is there", cites="hrss-2011-47 7(1)(2)")
def preparation_given(act: Act[Facts]) -> bool:
    return act.facts.preparation


@guard(
    "须提交符合全国统一规范的应用领域和卡内应用文件结构",
    "fields of application and structure of the files are there and follow the national standard",
    cites="hrss-2011-47 7(1)(3)",
)
def files_given(act: Act[Facts]) -> bool:
    return act.facts.files


@guard("须提交按统一要求设计的卡面样式", "the design of the card face is there", cites="hrss-2011-47 7(1)(4)")
def card_face_given(act: Act[Facts]) -> bool:
    return act.facts.card_face


@guard(
    "须提交本地区社会保障卡管理办法和实施细则",
    "the local measures on the card and their details are there",
    cites="hrss-2011-47 7(1)(5)",
)
def local_rules_given(act: Act[Facts]) -> bool:
    return act.facts.local_rules


@guard("规程须载明功能、用途", "the programme states function and purpose", cites="hrss-2011-47 16(1)(1)")
def functions_stated(act: Act[Facts]) -> bool:
    return act.facts.functions


@guard(
    "规程须载明发行对象、申领条件和手续",
    "the programme states to whom cards are issued, on what conditions and how",
    cites="hrss-2011-47 16(1)(2)",
)
def application_stated(act: Act[Facts]) -> bool:
    return act.facts.application


@guard(
    "规程须载明使用范围（包括限制）、使用期限及使用方法",
    "the programme states scope, limits, term and manner of use",
    cites="hrss-2011-47 16(1)(3)",
)
def use_stated(act: Act[Facts]) -> bool:
    return act.facts.use


@guard(
    "规程须载明损坏、遗失后的挂失、补发程序",
    "the programme states loss report and replacement of a damaged or lost card",
    cites="hrss-2011-47 16(1)(4)",
)
def loss_stated(act: Act[Facts]) -> bool:
    return act.facts.loss


@guard(
    "规程须载明发卡机构、持卡人等当事人的权利、义务",
    "the programme states rights and duties of issuer, holder and others",
    cites="hrss-2011-47 16(1)(5)",
)
def rights_stated(act: Act[Facts]) -> bool:
    return act.facts.rights


documents_complete = form_given & preparation_given & files_given & card_face_given & local_rules_given
contents_complete = functions_stated & application_stated & use_stated & loss_stated & rights_stated
