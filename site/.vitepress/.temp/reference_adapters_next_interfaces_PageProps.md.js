import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: PageProps","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/next/interfaces/PageProps.md","filePath":"reference/adapters/next/interfaces/PageProps.md"}',
)
const _sfc_main = { name: 'reference/adapters/next/interfaces/PageProps.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/next</a> / PageProps</p><h1 id="interface-pageprops" tabindex="-1">Interface: PageProps <a class="header-anchor" href="#interface-pageprops" aria-label="Permalink to &quot;Interface: PageProps&quot;">​</a></h1><p>The props that Next.js passes to a page. Declare your own type if the page has parameters.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="params" tabindex="-1">params <a class="header-anchor" href="#params" aria-label="Permalink to &quot;params&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>params</strong>: <code>Promise</code>&lt;<code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>string</code> | <code>string</code>[] | <code>undefined</code>&gt;&gt;&gt;</p></blockquote><p>The parameters in the page&#39;s path.</p><hr><h3 id="searchparams" tabindex="-1">searchParams <a class="header-anchor" href="#searchparams" aria-label="Permalink to &quot;searchParams&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>searchParams</strong>: <code>Promise</code>&lt;<code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>string</code> | <code>string</code>[] | <code>undefined</code>&gt;&gt;&gt;</p></blockquote><p>The query parameters.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/next/interfaces/PageProps.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const PageProps = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, PageProps as default }
