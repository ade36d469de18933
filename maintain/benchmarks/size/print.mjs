// node maintain/benchmarks/size/print.mjs: prints the rows as JSON. The test of the budget runs it.
import { measureSize } from './measure.mjs'

console.log(JSON.stringify(await measureSize()))
