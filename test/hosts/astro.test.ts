import { walkThrough } from './support/walk.ts'

walkThrough({
  name: 'astro',
  node: 24,
  build: ['npm', 'run', 'build'],
  serve: ['npm', 'run', 'start'],
})
