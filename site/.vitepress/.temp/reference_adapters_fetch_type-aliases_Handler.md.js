import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: Handler<Rest>","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/fetch/type-aliases/Handler.md","filePath":"reference/adapters/fetch/type-aliases/Handler.md"}',
)
const _sfc_main = { name: 'reference/adapters/fetch/type-aliases/Handler.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/fetch</a> / Handler</p><h1 id="type-alias-handlerrest" tabindex="-1">Type Alias: Handler&lt;Rest&gt; <a class="header-anchor" href="#type-alias-handlerrest" aria-label="Permalink to &quot;Type Alias: Handler\\&lt;Rest\\&gt;&quot;">​</a></h1><blockquote><p><strong>Handler</strong>&lt;<code>Rest</code>&gt; = <code>FetchHandler</code>&lt;<code>Request</code>, <code>Rest</code>&gt;</p></blockquote><p>A request handler for servers of <code>Request</code> and <code>Response</code>.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="rest" tabindex="-1">Rest <a class="header-anchor" href="#rest" aria-label="Permalink to &quot;Rest&quot;">​</a></h3><p><code>Rest</code> <em>extends</em> readonly <code>unknown</code>[] = []</p><p>The arguments that the server passes after the request.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/fetch/type-aliases/Handler.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Handler = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Handler as default }
