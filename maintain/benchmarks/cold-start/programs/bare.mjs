export function createApp() {
  return () => new Response(null, { status: 302, headers: { location: '/elsewhere' } })
}
