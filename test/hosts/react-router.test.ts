import { walkThrough } from './support/walk.ts'

walkThrough({ name: 'react-router', build: ['npm', 'run', 'build'], serve: ['npm', 'start'] })
