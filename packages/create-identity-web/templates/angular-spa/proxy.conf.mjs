// `ng serve` forwards these paths to the server. The last one is the page after the sign-out.
const paths = ['/api', '/session', '/login', '/logout', '/redirect', String.raw`^/\?state=`]
const target = `http://localhost:${process.env['API_PORT']}`

export default Object.fromEntries(paths.map((path) => [path, { target }]))
