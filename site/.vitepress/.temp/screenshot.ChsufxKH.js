const _imports_1 = '/files/examples/react-bff/screenshot.png'
export { _imports_1 as _ }
