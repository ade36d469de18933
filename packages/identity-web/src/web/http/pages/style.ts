/** The style of all pages. The pages also work with forced colors, because buttons and notes have real borders. */
export const STYLE = `
:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif;--accent:light-dark(#0b5cad,#7db8f0);--line:light-dark(#c5cbd3,#4a525e);--quiet:light-dark(#4b5563,#b4bcc8)}
body{box-sizing:border-box;margin:0;min-height:100vh;padding:1.5rem 1rem;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:1rem;background:light-dark(#f3f4f6,#16181d);color:light-dark(#1b1f24,#e6e8eb)}
header,main{box-sizing:border-box;width:100%;max-width:36rem}
header{font-size:1.1rem;font-weight:600;overflow-wrap:anywhere}
header img{display:block;height:2.5rem;max-width:100%;object-fit:contain}
main{padding:clamp(1.25rem,6vw,2rem);border:1px solid light-dark(#0000,#353b45);border-radius:12px;background:light-dark(#fff,#20242b);box-shadow:0 1px 3px #0003}
h1{margin:0 0 1rem;font-size:1.4rem;line-height:1.3;overflow-wrap:anywhere;hyphens:auto}
h1:focus{outline:none}
p,li,summary,footer{overflow-wrap:anywhere}
p{margin:0 0 1rem}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}
form{display:contents}
a,button{box-sizing:border-box;display:inline-block;max-width:100%;padding:.55rem 1rem;border:1px solid var(--line);border-radius:6px;background:none;color:inherit;font:inherit;text-align:center;text-decoration:none;overflow-wrap:anywhere;cursor:pointer}
a:hover,button:hover{border-color:currentColor}
.primary{border-color:#0b5cad;background:#0b5cad;color:#fff}
.primary:hover{border-color:#08437f;background:#08437f}
a:focus-visible,button:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.developer{margin-top:1.5rem;padding:.75rem 1rem;border-inline-start:4px solid #b45309;background:light-dark(#fff8e6,#2e2716)}
.developer p{margin:0 0 .5rem}
.developer details{margin-bottom:.5rem}
.developer a{padding:0;border:0;color:var(--accent);text-decoration:underline}
.developer>:last-child{margin-bottom:0}
summary{cursor:pointer}
time{display:inline-block}
footer{margin-top:1.5rem;font-size:.875rem;color:var(--quiet)}
@media (max-width:30rem){.actions>a,.actions button{flex:1 1 100%}}
@media (forced-colors:active){.primary{border-width:3px}}`
