"""The kinds of arguments: the placeholder of each in the help, and its reader. Parts of a procedure are read once it is known."""

from __future__ import annotations

from ssflow.cli.input.places import read_placed, read_region
from ssflow.cli.input.reading import (
    read_count,
    read_day,
    read_db,
    read_id,
    read_number,
    read_pair,
    read_path,
    read_span,
    read_tolled,
    read_version,
    read_when,
    read_year,
)
from ssflow.cli.input.speaking import Given

YEAR, DAY, WHEN = (
    Given("年份", "year", read_year),
    Given("日期", "day", read_day),
    Given("日期或时刻", "when", read_when),
)
AFTER, THROUGH = Given("起日", "after", read_day), Given("止日", "through", read_day)
SPAN, TOLLED = Given("期间", "span", read_span), Given("停止..恢复", "start..end", read_tolled)
PLACED = Given("地方", "place", read_placed)
REGION, PAIR = Given("地方", "place", read_region), Given("名称=值", "name=value", read_pair)
FILE, CASE, VERSION = Given("文件", "file", read_path), Given("办件", "case", read_id), Given("版本", "n", read_version)
DB = Given("数据库", "db", read_db)
COUNT, NUMBER = Given("数目", "count", read_count), Given("序号", "number", read_number)
PROCEDURE, ACTIVITY, ROLE = Given("程序", "process", str), Given("环节", "activity", str), Given("主体", "role", str)
LAW, ARTICLE, TEXT = Given("法规", "law", str), Given("条款", "article", str), Given("文字", "text", str)
