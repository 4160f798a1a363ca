/** The stylesheet of the widget, adopted by its shadow root: strict policies allow no style element. */

const LIGHT = `--ink:#1b2430;--soft:#55616f;--paper:#fff;--ground:#f4f6f8;--line:#d5dce3;--edge:#7d8894;--lit:#ffe58a;--lit-ink:#1b2430;--warn:#8a3b00;--link:#0b4f8a`;
const DARK = `--ink:#e6ebf1;--soft:#a9b4c0;--paper:#1a2129;--ground:#12171d;--line:#36424f;--edge:#8794a1;--lit:#6b5300;--lit-ink:#fff6da;--warn:#ffb98a;--link:#8cc2f5`;

export const CSS = `
:host{${LIGHT};--accent:#0b4f8a;--on-accent:#fff;font:16px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;color:var(--ink);color-scheme:light;display:block;text-align:left}
:host([hidden]){display:none}
:host([theme=dark]){${DARK};color-scheme:dark}
@media(prefers-color-scheme:dark){:host(:not([theme=light])){${DARK};color-scheme:dark}}
*{box-sizing:border-box}
button,textarea{font:inherit;color:inherit}
button{cursor:pointer;background:none;border:1px solid transparent;border-radius:8px;min-width:40px;min-height:40px;padding:4px 8px}
button[hidden],[hidden]{display:none!important}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
svg{width:20px;height:20px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;display:block;margin:auto}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.launcher{position:fixed;bottom:20px;right:20px;z-index:2147483000;width:56px;height:56px;border-radius:50%;background:var(--accent);color:var(--on-accent);box-shadow:0 4px 14px #0005}
.launcher svg{width:26px;height:26px}
.panel{display:flex;flex-direction:column;background:var(--ground);border:1px solid var(--line);border-radius:12px;overflow:hidden;position:fixed;z-index:2147483000;right:20px;bottom:88px;width:min(420px,calc(100vw - 24px));height:min(640px,calc(100dvh - 108px));box-shadow:0 10px 34px #0004}
:host([position=left]) .panel{right:auto;left:20px}
:host([position=left]) .launcher{right:auto;left:20px}
:host([position=inline]) .panel{position:relative;inset:auto;width:100%;height:100%;min-height:420px;box-shadow:none}
:host([position=inline]) .launcher{display:none}
header{display:flex;align-items:center;gap:4px;background:var(--accent);color:var(--on-accent);padding:6px 8px 6px 16px}
header h2{font-size:1rem;margin:0;flex:1}
header :focus-visible{outline-color:currentColor}
.log{flex:1;overflow-y:auto;padding:12px;overscroll-behavior:contain;position:relative}
.log>*{margin:0 0 12px}
.welcome,.small{color:var(--soft);font-size:.875rem}
.you{margin-left:15%;background:var(--accent);color:var(--on-accent);padding:8px 12px;border-radius:12px 12px 2px 12px;width:fit-content;max-width:85%;margin-left:auto;overflow-wrap:anywhere;white-space:pre-wrap}
.reply{background:var(--paper);border:1px solid var(--line);border-radius:12px 12px 12px 2px;padding:10px 12px;overflow-wrap:break-word}
.reply>:first-child{margin-top:0}
.reply p{margin:6px 0}
.log h3{font-size:.8125rem;color:var(--soft);margin:10px 0 4px}
.refusal{border-left:4px solid var(--warn)}
.refusal .why,.trouble{color:var(--warn);font-weight:600}
.ref{display:inline-block;min-width:24px;line-height:24px;text-align:center;font-size:.8125rem;font-weight:600;border:1px solid var(--line);border-radius:5px;text-decoration:none;background:var(--ground)}
.ref:hover,.ref:focus{background:var(--lit);color:var(--lit-ink)}
.flag{color:var(--warn);font-size:.8125rem}
.sources{margin:0;padding-left:20px;font-size:.875rem}
.sources li{margin-bottom:6px}
.work{display:-webkit-box;-webkit-line-clamp:2;line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
.quote{color:var(--soft);display:-webkit-box;-webkit-line-clamp:2;line-clamp:2;-webkit-box-orient:vertical;overflow:hidden;font-family:"Times New Roman","Liberation Serif","Noto Serif",serif}
.tip{position:absolute;left:12px;right:12px;z-index:2;background:var(--lit);color:var(--lit-ink);border-radius:8px;padding:8px 12px;font:1rem/1.45 "Times New Roman","Liberation Serif","Noto Serif",serif;box-shadow:0 4px 14px #0004;max-height:180px;overflow:auto}
.tip b{font:600 .8125rem/1.4 system-ui,sans-serif;display:block}
.table{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{border:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top}
th{background:var(--ground);font-weight:600}
.asks{list-style:none;margin:6px 0 0;padding:0;display:grid;gap:6px}
.asks button{width:100%;text-align:left;background:var(--paper);border-color:var(--line);color:var(--link);padding:8px 12px}
.asks button:hover{border-color:var(--link)}
.tools{display:flex;flex-wrap:wrap;gap:4px;margin-top:8px;align-items:center}
.tools button{border-color:var(--line);font-size:.875rem;color:var(--link)}
.tools button[aria-pressed=true]{background:var(--lit);color:var(--lit-ink)}
.comment{display:grid;gap:6px;margin-top:8px}
.comment label{font-size:.875rem;display:grid;gap:4px}.comment textarea{width:100%}
.status{min-height:24px;padding:0 12px;color:var(--soft);font-size:.875rem;margin:0}
form.ask{display:flex;gap:6px;padding:8px;background:var(--paper);border-top:1px solid var(--line);align-items:flex-end}
textarea{flex:1;min-width:0;resize:none;border:1px solid var(--edge);border-radius:8px;padding:8px 10px;background:var(--paper);max-height:132px;field-sizing:content;min-height:42px}
textarea::placeholder{color:var(--soft);opacity:1}
.go{background:var(--accent);color:var(--on-accent);width:44px;height:44px}
.strong{background:var(--accent);color:var(--on-accent)!important}
@keyframes beat{to{opacity:.25}}
@media(prefers-reduced-motion:no-preference){.status:not(:empty)::before{content:"";display:inline-block;width:9px;height:9px;border-radius:50%;background:var(--link);margin-right:8px;animation:beat 1s infinite alternate}}
@media(max-width:480px),(max-height:480px){:host(:not([position=inline])) .panel{right:0;left:0;bottom:0;width:100vw;height:100dvh;border-radius:0;border:0}:host(:not([position=inline])[open]) .launcher{display:none}}
@media(forced-colors:active){.launcher,.go,.you,header{border:1px solid}}
`;
