// Everything that loadPages() loads.
export { cameFromLink, continueCallback, continueFromLink } from './continue.ts'
export { createErrorResponses } from './error-response.ts'
export { createMisplacedReport } from './misplaced-callback.ts'
export { configurationPage, unavailablePage } from './pages/index.ts'
export { createLoadedFrames } from './pages/loaded-frames.ts'
