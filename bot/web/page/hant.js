// The page's own sentences in Traditional characters; what the bot says comes in them from the server.

// Simplified and Traditional in turn: each character these sentences use (tests/bot/web/test_page.py compares with OpenCC).
const PAIRS =
  "业業个個为為么麼从從会會体體儿兒关關够夠写寫农農准準别別刚剛删刪办辦务務励勵单單参參发發台臺号號后後吗嗎听聽员員备備复覆头頭奖獎学學对對帮幫开開当當拨撥换換据據摆擺摊攤机機来來标標样樣残殘没沒浏瀏点點热熱现現电電" +
  "着著码碼简簡线線经經给給络絡继繼续續网網职職联聯脑腦览覽训訓记記许許设設诉訴时時试試话話语語说說请請谢謝读讀车車输輸过過还還这這进進连連选選里裡钟鐘问問页頁项項题題颜顏";

const pairs = PAIRS.match(/../gu);
const TO_TRADITIONAL = new Map(pairs.map(([simplified, traditional]) => [simplified, traditional]));
const TO_SIMPLIFIED = new Map(pairs.map(([simplified, traditional]) => [traditional, simplified]));

let traditional = false;

function converted(text) {
  const table = traditional ? TO_TRADITIONAL : TO_SIMPLIFIED;
  return Array.from(text, (character) => table.get(character) ?? character).join("");
}

/** A sentence of the page in the characters that were chosen. */
export function written(sentence) {
  return traditional ? converted(sentence) : sentence;
}

/** Everything that stands on the page already, but for the conversation and the names of the scripts. */
export function writePage(inTraditional) {
  if (traditional === inTraditional) return;
  traditional = inTraditional;
  document.documentElement.lang = traditional ? "zh-Hant" : "zh-Hans";
  document.title = converted(document.title);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest("#log, [translate=no]")) node.data = converted(node.data);
  }
}
