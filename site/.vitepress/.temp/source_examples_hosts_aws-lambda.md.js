import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/hosts/aws-lambda","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/hosts/aws-lambda.md","filePath":"source/examples/hosts/aws-lambda.md"}',
)
const _sfc_main = { name: 'source/examples/hosts/aws-lambda.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="exampleshostsaws-lambda" tabindex="-1">examples/hosts/aws-lambda <a class="header-anchor" href="#exampleshostsaws-lambda" aria-label="Permalink to &quot;examples/hosts/aws-lambda&quot;">​</a></h1><p>The folder <code><span class="word">examples/hosts/aws-lambda</span></code> of the repository contains:</p><ul><li><a href="/source/examples/hosts/aws-lambda/README.md.txt">README.md</a></li><li><a href="/source/examples/hosts/aws-lambda/package.json.txt">package.json</a></li><li><a href="/source/examples/hosts/aws-lambda/screenshot.png.txt">screenshot.png</a></li><li><a href="/source/examples/hosts/aws-lambda/src/index.ts.txt">src/index.ts</a></li><li><a href="/source/examples/hosts/aws-lambda/src/pages.ts.txt">src/pages.ts</a></li><li><a href="/source/examples/hosts/aws-lambda/tsconfig.json.txt">tsconfig.json</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/hosts/aws-lambda.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const awsLambda = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, awsLambda as default }
