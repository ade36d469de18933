/** The stylesheet of all pages. It uses system fonts and supports light and dark mode. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: #eef1f6; --card: #fff; --ink: #1b1f27; --soft: #59616f; --line: #d9dee7;
  --accent: #2457c5; --accent-ink: #fff; --hover: #f2f6ff; --ring: #2457c5;
  --warn: #fff4d6; --warn-ink: #5c4300; --warn-line: #ecd48c; --bad: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12151b; --card: #1c2129; --ink: #e9ecf2; --soft: #a2abba; --line: #343b48;
    --accent: #8fb1ff; --accent-ink: #0d1a35; --hover: #252c38; --ring: #8fb1ff;
    --warn: #37301a; --warn-ink: #f4dd9c; --warn-line: #5b4e25; --bad: #ff9d95;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground);
  color: var(--ink); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif;
}
.notice {
  padding: .55rem 1rem; background: var(--warn); color: var(--warn-ink); text-align: center;
  font-size: .875rem; border-bottom: 1px solid var(--warn-line);
}
main {
  width: min(28rem, calc(100% - 2rem)); margin: auto; padding: 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 14px;
  box-shadow: 0 1px 2px rgb(0 0 0 / .05), 0 12px 32px rgb(0 0 0 / .08);
}
main.wide { width: min(46rem, calc(100% - 2rem)); }
/* Auto margins centre the card; these keep it off its neighbours when it fills the window. */
.notice { margin-bottom: 1.75rem; }
footer { padding: 1.75rem 1rem 1rem; text-align: center; color: var(--soft); font-size: .8125rem; }
@media (max-width: 30rem) { main { padding: 1.5rem 1.25rem; } .account { padding: .6rem; gap: .65rem; } }
.tenant { margin: 0 0 .35rem; color: var(--soft); font-size: .875rem; font-weight: 600; }
h1 { margin: 0 0 .35rem; font-size: 1.45rem; line-height: 1.25; letter-spacing: -.01em; }
h2 { margin: 1.75rem 0 .5rem; font-size: 1.05rem; }
p { margin: 0 0 1rem; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
form { margin: 0; }
a { color: var(--accent); }
button, .button {
  font: inherit; cursor: pointer; border-radius: 9px; border: 1px solid var(--line);
  background: transparent; color: inherit; padding: .6rem 1.1rem; text-decoration: none;
}
button:hover, .button:hover { background: var(--hover); }
button.primary, .button.primary {
  background: var(--accent); border-color: var(--accent); color: var(--accent-ink); font-weight: 600;
}
button.primary:hover, .button.primary:hover { filter: brightness(1.08); }
button:focus-visible, a:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible {
  outline: 3px solid var(--ring); outline-offset: 2px;
}
.actions { display: flex; flex-wrap: wrap; gap: .75rem; justify-content: flex-end; margin-top: 1.5rem; }
.accounts, .scopes { list-style: none; margin: 1.25rem 0 0; padding: 0; }
.accounts li + li { margin-top: .5rem; }
.account {
  display: flex; align-items: center; gap: .85rem; width: 100%; padding: .65rem .8rem; text-align: start;
}
.avatar {
  flex: none; display: grid; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: 50%;
  background: var(--accent); color: var(--accent-ink); font-size: .9rem; font-weight: 700;
}
.who { min-width: 0; flex: 1; }
.who b, .who span { display: block; overflow-wrap: anywhere; }
.who b { font-weight: 600; line-height: 1.3; }
.who span { color: var(--soft); font-size: .8125rem; line-height: 1.35; }
.tag {
  flex: none; padding: .1rem .55rem; border: 1px solid var(--line); border-radius: 99px;
  color: var(--soft); font-size: .75rem;
}
details { margin-top: 1rem; }
summary { cursor: pointer; color: var(--soft); font-size: .875rem; border-radius: 6px; }
details .accounts { margin-top: .75rem; }
.scopes { border-top: 1px solid var(--line); }
.scopes li { padding: .7rem 0; border-bottom: 1px solid var(--line); }
.scopes b { display: block; font-weight: 600; }
.scopes code { color: var(--soft); }
code { font: .8125rem/1.5 ui-monospace, 'SF Mono', Consolas, monospace; overflow-wrap: anywhere; }
label { display: block; margin: 1.25rem 0 .4rem; font-weight: 600; }
input, select {
  width: 100%; padding: .65rem .8rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--line); border-radius: 9px;
}
#user_code { font: 1.15rem ui-monospace, monospace; letter-spacing: .12em; text-transform: uppercase; }
.offer { margin: 1rem 0 0; }
button.link { padding: 0; border: 0; border-radius: 3px; color: var(--accent); text-decoration: underline; }
button.link:hover { background: transparent; }
.error { color: var(--bad); }
input + .error { margin: .6rem 0 0; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem .9rem; margin: 1rem 0 0; font-size: .8125rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; }
.scroll { overflow-x: auto; }
iframe { display: none; }
`
