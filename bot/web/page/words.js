// Every sentence the page itself says. (What the bot says comes from the server.)

export const WORDS = {
  youSay: "您说：",
  botSays: "助业通说：",
  options: (count) => `有${count}个选项。`,
  optionsLabel: "选项",
  source: (title, number) => `原文：${title}（${number}）`,

  ask: "您想问什么？",
  answer: "您的回答",
  empty: "还没有写字。请先写一句话，再发送。",
  looking: "正在查，请稍等。",
  stillLooking: "上一句还在查。查到以后，再发这一句。",
  received: "收到了。",
  cleared: "已经清空，可以重新开始了。",

  resend: "再发一次",
  unsent: "没有得到回答",
  backInField: "您写的话放回了输入框，可以改一改再发。",
  offline: "现在没有网络，这句话没有发出去。连上网以后，请按“再发一次”。",
  unreachable: "没有连上助业通，这句话可能没有送到。请按“再发一次”，或者拨打 12385。",
  broken: "助业通出了问题，没能回答。请过一会儿按“再发一次”，或者拨打 12385。",
  wentOffline: "现在没有网络。您可以先写好，连上网再发。",
  cameOnline: "网络恢复了。",
};
