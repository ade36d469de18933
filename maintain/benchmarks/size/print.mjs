// node maintain/benchmarks/size/print.mjs APP: prints the rows of one application as JSON. The test of the budget runs it.
import { measureSize } from './measure.mjs'

console.log(JSON.stringify(await measureSize(process.argv.slice(2))))
