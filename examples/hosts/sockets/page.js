/** The page opens a WebSocket, and shows the messages and the end of the session. */
export const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Sockets</title>
    <style>
      :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
      body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
      nav { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 1.5rem }
      nav a, button { padding: .5rem 1rem; border: 0; border-radius: 6px; background: #0b5cad; color: #fff; font: inherit; text-decoration: none; cursor: pointer }
      :focus-visible { outline: 3px solid #f5a524; outline-offset: 2px }
    </style>
  </head>
  <body>
    <h1>A WebSocket of a signed-in user</h1>
    <p role="status">Connecting…</p>
    <nav><a href="/logout">Sign out</a></nav>
    <script>
      const show = (text) => (document.querySelector('[role=status]').textContent = text)
      const socket = new WebSocket('/socket')
      socket.onmessage = (event) => show(event.data)
      socket.onclose = (event) => show(event.reason || 'The connection is closed.')
    </script>
  </body>
</html>
`
