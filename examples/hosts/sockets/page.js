/** The page opens a WebSocket, and shows the messages and the end of the session. */
export const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Sockets</title>
    <style>
      body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
      h1 { font-size: 1.6rem; line-height: 1.25 }
    </style>
  </head>
  <body>
    <h1>A WebSocket of a signed-in user</h1>
    <p role="status">Connecting…</p>
    <p><a href="/logout">Sign out</a></p>
    <script>
      const show = (text) => (document.querySelector('[role=status]').textContent = text)
      const socket = new WebSocket('/socket')
      socket.onmessage = (event) => show(event.data)
      socket.onclose = (event) => show(event.reason || 'The connection is closed.')
    </script>
  </body>
</html>
`
