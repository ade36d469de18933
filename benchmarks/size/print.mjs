// Prints the rows of `npm run bench -- size` as JSON. The test of the budget runs it.
import { measureSize } from './measure.mjs'

console.log(JSON.stringify(await measureSize()))
