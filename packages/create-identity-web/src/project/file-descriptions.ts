/** The contents of files, by the end of the path. The first pattern applies. The README has the same order. */
const DESCRIPTIONS: readonly (readonly [RegExp, string])[] = [
  [
    /\/account(?:(?:\/\+?page)?\.(?:tsx|astro|vue|svelte)|\.ts)$/,
    'the page of the signed-in user. Change this file first',
  ],
  [/\/app\/app\.ts$/, 'the header of all pages'],
  [/\/app\.ts$/, 'the routes and their guards. Change this file first'],
  [
    /\/(?:account\/\+page\.server|account\.get)\.ts$/,
    'the data for the page of the signed-in user',
  ],
  [
    /(?:\/index\.(?!html)\w+|\/home\.tsx?|src\/app\/page\.tsx|routes\/\+page\.svelte)$/,
    'the page for everybody',
  ],
  [
    /\/call[_-]api(?:(?:\/\+?page)?\.(?:tsx|astro|vue|svelte)|\.ts)$/,
    'the page that calls Microsoft Graph',
  ],
  [/\/(?:call_api\/\+page\.server|call_api\.get)\.ts$/, 'calls Microsoft Graph'],
  [
    /\/user[_-]info(?:(?:\/\+?page)?\.(?:tsx|astro|vue|svelte)|\.ts)$/,
    'the page that calls the UserInfo endpoint',
  ],
  [/\/(?:user_info\/\+page\.server|user_info\.get)\.ts$/, 'calls the UserInfo endpoint'],
  [/\/(?:admin\/\+page\.server|admin\.get)\.ts$/, 'the data for users with the role'],
  [
    /\/admin(?:(?:\/\+?page)?\.(?:tsx|astro|vue|svelte)|\.ts)$/,
    'the page for users with the role Todos.Admin',
  ],
  [/\/functions\.ts$/, 'the data of the pages, and their guards'],
  [/\/photo\b/, 'the picture of the user'],
  [/\/nav-link\.tsx$/, 'a link of the header, which marks the current page'],
  [/\/\+layout\.server\.ts$/, 'the data for the header'],
  [/\/app\.routes\.ts$/, 'the pages and their guards'],
  [/\/app\.config\.ts$/, 'adds the session and the interceptor'],
  [/\/app\.config\.server\.ts$/, 'adds the rendering on the server'],
  [/\/app\.routes\.server\.ts$/, 'says how the server renders the pages'],
  [/\/pages\.ts$/, 'the HTML of the pages'],
  [/\/html\.ts$/, 'creates HTML from templates, and escapes it'],
  [/\/auth(?:\.server)?\.ts$/, 'creates the `Auth` object'],
  [/\/store(?:\.server)?\.ts$/, 'the store of the sessions'],
  [/\[\.\.\.identity\]\/route\.ts$/, 'the routes of the sign-in'],
  [/\/routes\.ts$/, 'the pages, and the routes of the sign-in'],
  [/\/proxy\.ts$/, 'refreshes sessions before a page renders'],
  [/\/(?:middleware|hooks\.server|start)\.ts$/, 'adds the sign-in to the requests'],
  [
    /\/(?:layout\.tsx|Layout\.astro|__root\.tsx|root\.tsx|app\.vue|default\.vue|(?:app|index)\.html|\+layout\.svelte)$/,
    'the layout of all pages',
  ],
  [
    /\/(?:forbidden|403|error|\+error)\.(?:tsx?|astro|vue|svelte)$/,
    'the page for users without the role',
  ],
  [/\/(?:not-found\.tsx?|404\.astro)$/, 'the page for URLs that do not exist'],
  [/\/style\.css$/, 'the style of the pages'],
  [/\/favicon\.svg$/, 'the icon of the application'],
  [/\/claims\.ts$/, 'functions that show claims'],
  [/\/router\.tsx$/, 'creates the router'],
  [/\/env\.ts$/, 'the variables that the server reads'],
  [/\.d\.ts$/, 'the types of `locals`'],
  [/(?:^|\/)server\.m?[jt]s$/, 'starts the server'],
  [/\/main\.ts$/, 'starts Angular in the browser'],
  [/\/main\.server\.ts$/, 'starts Angular on the server'],
  [/^dev\.mjs$/, 'starts the server and `ng serve` for development'],
  [/^proxy\.conf\.mjs$/, 'the paths that `ng serve` forwards to the server'],
]

/** The files in the folder `test`, which are the same in all projects. */
const TESTS: readonly (readonly [string, string])[] = [
  ['test/app.test.ts', 'tests with the testing kit of `identity-web-dev`'],
  ['test/start.ts', 'starts the application for the tests'],
]

/**
 * Returns the source files of a project, and what each contains.
 *
 * @throws TypeError when a file has no description.
 */
export function describeFiles(paths: readonly string[]): (readonly [string, string])[] {
  const sources = paths.filter(isSource).map((path) => {
    const order = DESCRIPTIONS.findIndex(([pattern]) => pattern.test(path))
    const [, general] = DESCRIPTIONS[order] ?? []
    const isOfAngular = path === 'src/server.ts' && paths.includes('angular.json')
    const description = isOfAngular ? ANGULAR_SERVER : general
    if (description === undefined) throw new TypeError(`Describe ${path} in file-descriptions.ts.`)
    return { order, row: [path, description] as const }
  })
  return [...sources.toSorted((a, b) => a.order - b.order).map(({ row }) => row), ...TESTS]
}

/** Angular's server also has the sign-in and the API. In other projects, they have their own files. */
const ANGULAR_SERVER = 'creates the `Auth` object, and has the guarded API'

/** Whether the application runs the file. The others are settings, or tests. */
function isSource(path: string): boolean {
  return (path.includes('/') && !path.startsWith('test/')) || path.endsWith('.mjs')
}
