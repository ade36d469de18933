import { walkThrough } from './support/walk.ts'

walkThrough({
  name: 'angular',
  node: 24,
  build: ['sh', '-c', 'ng build --base-href "${BASE_PATH%/}/"'],
  serve: ['npm', 'start'],
})
