#!/usr/bin/env node
import { runCommand } from '../dist/index.js'

const result = await runCommand()
if (typeof result === 'number') {
  process.exitCode = result
} else {
  const stop = () => void result.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
