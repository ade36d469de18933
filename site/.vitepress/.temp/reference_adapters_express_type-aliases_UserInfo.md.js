import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: UserInfo","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/UserInfo.md","filePath":"reference/adapters/express/type-aliases/UserInfo.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/UserInfo.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / UserInfo</p><h1 id="type-alias-userinfo" tabindex="-1">Type Alias: UserInfo <a class="header-anchor" href="#type-alias-userinfo" aria-label="Permalink to &quot;Type Alias: UserInfo&quot;">​</a></h1><blockquote><p><strong>UserInfo</strong> = <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>unknown</code>&gt;&gt; &amp; <code>object</code></p></blockquote><p>The claims that the UserInfo endpoint of the provider returned. They describe the user of the session.</p><h2 id="type-declaration" tabindex="-1">Type Declaration <a class="header-anchor" href="#type-declaration" aria-label="Permalink to &quot;Type Declaration&quot;">​</a></h2><h3 id="sub" tabindex="-1">sub <a class="header-anchor" href="#sub" aria-label="Permalink to &quot;sub&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>sub</strong>: <code>string</code></p></blockquote><p>The user&#39;s ID, the same as in the ID token.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/UserInfo.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const UserInfo = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, UserInfo as default }
