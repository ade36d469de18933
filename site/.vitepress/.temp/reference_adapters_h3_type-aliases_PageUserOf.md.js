import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: PageUserOf<A>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/h3/type-aliases/PageUserOf.md","filePath":"reference/adapters/h3/type-aliases/PageUserOf.md"}',
)
const _sfc_main = { name: 'reference/adapters/h3/type-aliases/PageUserOf.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/h3</a> / PageUserOf</p><h1 id="type-alias-pageuserofa" tabindex="-1">Type Alias: PageUserOf&lt;A&gt; <a class="header-anchor" href="#type-alias-pageuserofa" aria-label="Permalink to &quot;Type Alias: PageUserOf\\&lt;A\\&gt;&quot;">​</a></h1><blockquote><p><strong>PageUserOf</strong>&lt;<code>A</code>&gt; = <code>A</code> <em>extends</em> <code>ForPages</code>&lt;infer PageUser&gt; ? <code>Exclude</code>&lt;<code>PageUser</code>, <code>undefined</code>&gt; : <code>unknown</code></p></blockquote><p>The user that the pages of an application get, by the type of its <code>auth</code>.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="a" tabindex="-1">A <a class="header-anchor" href="#a" aria-label="Permalink to &quot;A&quot;">​</a></h3><p><code>A</code> <em>extends</em> <code>AuthBase</code>&lt;<code>any</code>&gt;</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/h3/type-aliases/PageUserOf.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const PageUserOf = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, PageUserOf as default }
