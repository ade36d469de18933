import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: RenderRequirement","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/next/type-aliases/RenderRequirement.md","filePath":"reference/adapters/next/type-aliases/RenderRequirement.md"}',
)
const _sfc_main = { name: 'reference/adapters/next/type-aliases/RenderRequirement.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/next</a> / RenderRequirement</p><h1 id="type-alias-renderrequirement" tabindex="-1">Type Alias: RenderRequirement <a class="header-anchor" href="#type-alias-renderrequirement" aria-label="Permalink to &quot;Type Alias: RenderRequirement&quot;">​</a></h1><blockquote><p><strong>RenderRequirement</strong> = <code>Omit</code>&lt;<a href="./../../express/interfaces/LoginRequirement"><code>LoginRequirement</code></a>, <code>&quot;challenge&quot;</code>&gt;</p></blockquote><p>The requirements of a page or a server action. It does not have the option <code>challenge</code>, because pages and actions can only redirect.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/next/type-aliases/RenderRequirement.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RenderRequirement = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, RenderRequirement as default }
