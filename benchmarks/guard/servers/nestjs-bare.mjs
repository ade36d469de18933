import { pageFor } from '../../server/serve.mjs'
import { serveNestjs } from '../serve-nestjs.mjs'

serveNestjs(() => ({
  PageController: class {
    page() {
      return pageFor('Alexandra Rivera-Lindqvist 00001')
    }
  },
}))
