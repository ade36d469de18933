import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: PageBase","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/PageBase.md","filePath":"reference/adapters/express/interfaces/PageBase.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/PageBase.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / PageBase</p><h1 id="interface-pagebase" tabindex="-1">Interface: PageBase <a class="header-anchor" href="#interface-pagebase" aria-label="Permalink to &quot;Interface: PageBase&quot;">​</a></h1><p>The values that every page gets.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="./DevicePage"><code>DevicePage</code></a></li><li><a href="./ErrorPage"><code>ErrorPage</code></a></li><li><a href="./ForbiddenPage"><code>ForbiddenPage</code></a></li><li><a href="./LoggedOutPage"><code>LoggedOutPage</code></a></li><li><a href="./LoginPage"><code>LoginPage</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="appname" tabindex="-1">appName? <a class="header-anchor" href="#appname" aria-label="Permalink to &quot;appName?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>appName?</strong>: <code>string</code></p></blockquote><p>The option <code>appName</code>. Not set if the application does not have this option.</p><hr><h3 id="language" tabindex="-1">language <a class="header-anchor" href="#language" aria-label="Permalink to &quot;language&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>language</strong>: <code>string</code></p></blockquote><p>The language of the visitor (BCP 47), such as <code>de</code>. It is one of the option <code>languages</code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/PageBase.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const PageBase = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, PageBase as default }
