// A worker that serves a program. The bundle replaces the setup and the name of the program.
/* global COLD_START_SETUP -- the bundle replaces it */
import { createApp } from 'program'

let app

// oxlint-disable-next-line import/no-default-export -- workerd requires it
export default {
  fetch(request) {
    app ??= createApp(COLD_START_SETUP)
    return app(request)
  },
}
