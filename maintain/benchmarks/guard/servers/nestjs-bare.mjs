import { serveNestjs } from '../serve-nestjs.mjs'

serveNestjs(() => ({}))
