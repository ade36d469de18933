// The style of all pages.
/**
 * The style of all pages, with the colors and sizes of `scripts/face/face.mjs`. The option `pages.color` replaces `--accent`.
 * It is only a background and a border, so each color keeps the contrast of texts. The outline of the focus is mixed with
 * the color of text, which gives each color 3:1 (WCAG 2.2, 1.4.11). The pages also work with forced colors, because
 * buttons and notes have real borders.
 */
export const STYLE = `
:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif;--page:light-dark(#f5f7fb,#0f1217);--card:light-dark(#fff,#191e26);--text:light-dark(#181c25,#e8ebf1);--muted:light-dark(#545d6e,#a5aebd);--line:light-dark(#dbe0ea,#303744);--accent:light-dark(#2352c0,#94b4ff);--on-accent:light-dark(#fff,#0c1832);--tint:light-dark(#edf2ff,#232b3b);--good:light-dark(#14683a,#86d9a6);--bad:light-dark(#b3261e,#ffa198);--ring:color-mix(in srgb,var(--accent),var(--text))}
body{box-sizing:border-box;margin:0;min-height:100vh;padding:1.5rem 1rem;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:1rem;background:var(--page);color:var(--text)}
header,main{box-sizing:border-box;width:100%;max-width:36rem}
header{font-size:1.125rem;font-weight:650;overflow-wrap:anywhere}
header img{display:block;height:2.5rem;max-width:100%;object-fit:contain}
main{padding:clamp(1.25rem,6vw,2rem);border:1px solid var(--line);border-radius:12px;background:var(--card)}
h1{margin:0 0 1rem;font-size:1.375rem;line-height:1.3;overflow-wrap:anywhere;hyphens:auto}
h1:focus{outline:none}
p,li,pre,summary,footer{overflow-wrap:anywhere}
p{margin:0 0 1rem}
.actions{display:grid;justify-content:start;gap:.75rem;margin-top:1.5rem}
form{display:contents}
a,button{box-sizing:border-box;display:inline-block;max-width:100%;padding:.55rem 1.1rem;border:1px solid var(--line);border-radius:8px;background:none;color:inherit;font:inherit;font-weight:550;text-align:center;text-decoration:none;overflow-wrap:anywhere;cursor:pointer}
a:hover,button:hover{border-color:var(--ring)}
.primary{border-color:var(--ring);background:var(--accent);color:var(--on-accent)}
.primary:hover{border-color:var(--text)}
a:focus-visible,button:focus-visible,summary:focus-visible{outline:3px solid var(--ring);outline-offset:2px}
.developer{margin-top:1.5rem;padding:.75rem 1rem;border:1px solid light-dark(#e8cd7d,#5a4d24);border-radius:8px;background:light-dark(#fff3cf,#342d17);color:light-dark(#574000,#f3dc9a)}
.developer p{margin:0 0 .5rem}
.developer details{margin-bottom:.5rem}
p a:not(.primary){display:inline;padding:0;border:0;text-decoration:underline}
.developer>:last-child{margin-bottom:0}
summary{cursor:pointer}
time{display:inline-block}
footer{margin-top:1.5rem;font-size:.875rem;color:var(--muted)}
footer p{margin:0}
@media (max-width:30rem){.actions{justify-content:stretch}}
@media (forced-colors:active){.primary{border-width:3px}}`
