// Run with the URL of a module: prints what importing it costs, in milliseconds of CPU.

const before = process.cpuUsage()
await import(process.argv[2])
const { user, system } = process.cpuUsage(before)
console.log((user + system) / 1000)
