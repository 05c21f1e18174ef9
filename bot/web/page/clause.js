// A clause id as the document itself prints it: "2.5.5" is 二(五)5, "3.2" is 三(二), "1" is 一.

const DIGITS = "零一二三四五六七八九";

/** 1…99 in Chinese numerals. */
function numeral(n) {
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  return (tens > 1 ? DIGITS[tens] : "") + (tens ? "十" : "") + (ones || !tens ? DIGITS[ones] : "");
}

/** An id of another make (another document may number otherwise) is returned as it is. */
export function clauseNumber(id) {
  if (!/^\d{1,2}(\.\d{1,2}){0,2}$/.test(id)) return id;
  const [part, section, item] = id.split(".").map(Number);
  return numeral(part) + (section ? `(${numeral(section)})` : "") + (item || "");
}
