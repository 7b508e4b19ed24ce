"""A workbook under the hands of another library than the one that wrote it.

    hand.py < orders.json

orders: {"book": path, "to": path, "sheet": name, "head": a head of its row of heads,
         "puts": [[row, head, text], ...], "swaps": [[row, row], ...]}
"""

import json
import sys

import openpyxl

orders = json.load(sys.stdin)
book = openpyxl.load_workbook(orders["book"])
sheet = book[orders["sheet"]]
heads = next(row for row in sheet.iter_rows() if any(cell.value == orders["head"] for cell in row))
columns = {cell.value: cell.column for cell in heads if cell.value}
for row, head, text in orders["puts"]:
    sheet.cell(row, columns[head]).value = text or None
for a, b in orders["swaps"]:
    for column in range(1, sheet.max_column + 1):
        one, other = sheet.cell(a, column), sheet.cell(b, column)
        one.value, other.value = other.value, one.value
book.save(orders["to"])
