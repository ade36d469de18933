const mark =
  '<svg aria-hidden="true" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#2352c0" fill-rule="evenodd" d="M8 0h16a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8H8a8 8 0 0 1-8-8V8a8 8 0 0 1 8-8Zm8 4.5a6.5 6.5 0 0 0-2.9 12.3c-2 2-3.5 4.7-4.3 8A1.8 1.8 0 0 0 10.6 27h10.8A1.8 1.8 0 0 0 23.2 24.8c-.8-3.3-2.3-6-4.3-8A6.5 6.5 0 0 0 16 4.5Z"/></svg>'

/** The page opens a WebSocket, and shows the messages and the end of the session. */
export const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Sockets</title>
    <link rel="icon" href="data:image/svg+xml,${encodeURIComponent(mark)}">
    <style>
      :root {
        color-scheme: light dark;
        --page: light-dark(#f5f7fb, #0f1217); --card: light-dark(#ffffff, #191e26);
        --text: light-dark(#181c25, #e8ebf1); --muted: light-dark(#545d6e, #a5aebd);
        --line: light-dark(#dbe0ea, #303744); --accent: light-dark(#2352c0, #94b4ff);
        --on-accent: light-dark(#ffffff, #0c1832); --tint: light-dark(#edf2ff, #232b3b);
        font: 1rem/1.5 system-ui, sans-serif;
      }
      * { box-sizing: border-box }
      body { margin: 0; background: var(--page); color: var(--text) }
      :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px }
      header { display: flex; align-items: center; gap: .5rem 1rem; min-height: 4rem; padding: .75rem clamp(1rem, 3vw, 2.5rem); border-bottom: 1px solid var(--line); background: var(--card) }
      .app { display: flex; flex: none; align-items: center; gap: .6rem; color: inherit; font-weight: 650; text-decoration: none }
      .app img, .app svg { width: 1.75rem; height: 1.75rem }
      .user { display: flex; flex: 0 1000 auto; align-items: center; gap: .75rem; min-width: 9rem; margin-inline-start: auto; white-space: nowrap }
      main { max-width: 52rem; margin: 0 auto; padding: clamp(1.5rem, 6vw, 3.5rem) clamp(1rem, 3vw, 2rem) 4rem }
      h1 { margin: 0 0 1rem; font-size: clamp(1.75rem, 5vw, 2.5rem); letter-spacing: -.02em; line-height: 1.15; overflow-wrap: anywhere }
      p { margin: 0 0 1.5rem; color: var(--muted); overflow-wrap: anywhere }
      h1 + p { margin-top: -.5rem; font-size: 1.125rem }
      button, .button { padding: .5rem 1.1rem; border: 1px solid var(--accent); border-radius: 8px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 550; text-decoration: none; cursor: pointer }
      .quiet { border-color: var(--line); background: var(--card); color: var(--text) }
      .quiet:hover { border-color: var(--accent) }
    </style>
  </head>
  <body>
    <header>
      <a class="app" href="/">${mark}Sockets</a>
      <div class="user"><a class="button quiet" href="/logout">Sign out</a></div>
    </header>
    <main>
      <h1>A WebSocket of a signed-in user</h1>
      <p role="status">Connecting…</p>
    </main>
    <script>
      const show = (text) => (document.querySelector('[role=status]').textContent = text)
      const socket = new WebSocket('/socket')
      socket.onmessage = (event) => show(event.data)
      socket.onclose = (event) => show(event.reason || 'The connection is closed.')
    </script>
  </body>
</html>
`
