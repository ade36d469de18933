import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: PageRequirement","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/h3/type-aliases/PageRequirement.md","filePath":"reference/adapters/h3/type-aliases/PageRequirement.md"}',
)
const _sfc_main = { name: 'reference/adapters/h3/type-aliases/PageRequirement.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/h3</a> / PageRequirement</p><h1 id="type-alias-pagerequirement" tabindex="-1">Type Alias: PageRequirement <a class="header-anchor" href="#type-alias-pagerequirement" aria-label="Permalink to &quot;Type Alias: PageRequirement&quot;">​</a></h1><blockquote><p><strong>PageRequirement</strong> = <code>boolean</code> | <code>Omit</code>&lt;<a href="./../../express/interfaces/LoginRequirement"><code>LoginRequirement</code></a>, <code>&quot;challenge&quot;</code>&gt;</p></blockquote><p>The requirement of a page, <code>definePageMeta({ loginRequired })</code>. <code>true</code> requires a signed-in user. It does not have the option <code>challenge</code>, because a page can only redirect.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/h3/type-aliases/PageRequirement.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const PageRequirement = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, PageRequirement as default }
