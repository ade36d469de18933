import { walkThrough } from './support/walk.ts'

walkThrough({
  name: 'react-router',
  node: 24,
  build: ['npm', 'run', 'build'],
  serve: ['npm', 'start'],
})
