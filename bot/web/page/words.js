// Every sentence the page itself says, in the characters the person reads. (What the bot says comes from the server.)

import { written } from "./hant.js";

const SENTENCES = {
  youSay: "您说：",
  botSays: "助业通说：",
  staffSays: (name) => `工作人员${name}说：`,
  staffCame: "工作人员来了，请直接说。助业通先不说话。",
  staffLeft: "工作人员说完了，现在由助业通继续回答。",
  options: (count) => `有${count}个选项。`,
  option: (number, title) => `${number}：${title}`,
  optionsLabel: "选项",
  source: (title, number) => `原文：${title}（${number}）`,

  ask: "您想问什么？",
  answer: "您的回答",
  empty: "还没有写字。请先写一句话，再发送。",
  looking: "正在查，请稍等。",
  stillLooking: "上一句还在查。查到以后，再发这一句。",
  received: "收到了。",
  cleared: "已经清空，可以重新开始了。",
  finish: "我用完了",
  finished: "好，您用完了。刚才说的话都删掉了，后面用这台设备的人看不到。",

  talk: "按住说话，或点一下说话",
  listening: "正在听，说完点一下",
  read: "听一遍",
  print: "打印",
  save: "保存",
  from: (address) => `来自助业通（${address}）。今天具体怎么办，以当地残联的答复为准。`,
  helped: "这个回答有用吗？",
  useful: "有用",
  useless: "没用",
  ofAnswer: (opinion, question) => `${opinion}：对“${question}”的回答`,
  thanks: "谢谢，记下了。",
  opinionLost: "没有记下来。请过一会儿再按一次。",
  opinionsEnough: "今天记得够多了，谢谢您。",
  fileName: "助业通的回答.txt",
  voiceLost: "语音没有连上。可以打字问，或者拨打 12385。",
  microphoneRefused: "没有得到用话筒的许可。请在浏览器里允许本页使用话筒，再点一下。",
  microphoneMissing: "这台设备没有找到话筒。可以打字问，答案照样能听。",
  microphoneBroken: "话筒打不开，可能别的程序正在用。请关掉它再试，或者打字问。",

  code: (code, minutes) => `号码：${code}。请在另一台设备上写进去，${minutes}分钟里有用，只能用一次。别告诉别人。`,
  noCode: "还没有写号码。号码有8位，在原来的设备上要。",
  goOn: "接着说",
  repeat: "再说一遍",

  resend: "再发一次",
  unsent: "没有得到回答",
  backInField: "您写的话放回了输入框，可以改一改再发。",
  offline: "现在没有网络，这句话没有发出去。连上网以后，请按“再发一次”。",
  unreachable: "没有连上助业通，这句话可能没有送到。请按“再发一次”，或者拨打 12385。",
  broken: "助业通出了问题，没能回答。请过一会儿按“再发一次”，或者拨打 12385。",
  wentOffline: "现在没有网络。您可以先写好，连上网再发。",
  cameOnline: "又有网络了。",
};

export const WORDS = new Proxy(SENTENCES, {
  get(sentences, name) {
    const sentence = sentences[name];
    return typeof sentence === "function" ? (...about) => written(sentence(...about)) : written(sentence);
  },
});
