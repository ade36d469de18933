import { walkThrough } from './support/walk.ts'

walkThrough({
  name: 'tanstack-start',
  build: ['npm', 'run', 'build'],
  serve: ['npm', 'start'],
  node: 22,
})
