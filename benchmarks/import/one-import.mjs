// Imports the module with the given URL and prints the CPU time of the import in milliseconds.

const before = process.cpuUsage()
await import(process.argv[2])
const { user, system } = process.cpuUsage(before)
console.log((user + system) / 1000)
