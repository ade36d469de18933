import { walkThrough } from './support/walk.ts'

walkThrough({
  name: 'sveltekit',
  node: 24,
  build: ['npm', 'run', 'build'],
  serve: ['npm', 'run', 'start'],
  env: (port) => ({ ORIGIN: `http://localhost:${port}` }),
})
