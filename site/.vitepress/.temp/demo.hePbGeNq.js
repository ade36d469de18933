const _imports_1 = '/files/docs/images/demo.png'
export { _imports_1 as _ }
