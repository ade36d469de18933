import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ForbiddenPage","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/ForbiddenPage.md","filePath":"reference/adapters/express/interfaces/ForbiddenPage.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/ForbiddenPage.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ForbiddenPage</p><h1 id="interface-forbiddenpage" tabindex="-1">Interface: ForbiddenPage <a class="header-anchor" href="#interface-forbiddenpage" aria-label="Permalink to &quot;Interface: ForbiddenPage&quot;">​</a></h1><p>The content of the page for users who are not allowed.</p><h2 id="extends" tabindex="-1">Extends <a class="header-anchor" href="#extends" aria-label="Permalink to &quot;Extends&quot;">​</a></h2><ul><li><a href="./PageBase"><code>PageBase</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="appname" tabindex="-1">appName? <a class="header-anchor" href="#appname" aria-label="Permalink to &quot;appName?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>appName?</strong>: <code>string</code></p></blockquote><p>The option <code>appName</code>. Not set if the application does not have this option.</p><h4 id="inherited-from" tabindex="-1">Inherited from <a class="header-anchor" href="#inherited-from" aria-label="Permalink to &quot;Inherited from&quot;">​</a></h4><p><a href="./PageBase"><code>PageBase</code></a>.<a href="./PageBase#appname"><code>appName</code></a></p><hr><h3 id="homeurl" tabindex="-1">homeUrl <a class="header-anchor" href="#homeurl" aria-label="Permalink to &quot;homeUrl&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>homeUrl</strong>: <code>string</code></p></blockquote><p>The URL of the application&#39;s root.</p><hr><h3 id="language" tabindex="-1">language <a class="header-anchor" href="#language" aria-label="Permalink to &quot;language&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>language</strong>: <code>string</code></p></blockquote><p>The language of the visitor (BCP 47), such as <code>de</code>. It is one of the option <code>languages</code>.</p><h4 id="inherited-from-1" tabindex="-1">Inherited from <a class="header-anchor" href="#inherited-from-1" aria-label="Permalink to &quot;Inherited from&quot;">​</a></h4><p><a href="./PageBase"><code>PageBase</code></a>.<a href="./PageBase#language"><code>language</code></a></p><hr><h3 id="loginurl" tabindex="-1">loginUrl <a class="header-anchor" href="#loginurl" aria-label="Permalink to &quot;loginUrl&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>loginUrl</strong>: <code>string</code></p></blockquote><p>The URL that signs in with another account and then returns to the page.</p><hr><h3 id="message" tabindex="-1">message <a class="header-anchor" href="#message" aria-label="Permalink to &quot;message&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>message</strong>: <code>string</code></p></blockquote><p>A message for the user, as plain text: that of <a href="./../../../index/classes/AccessDenied">AccessDenied</a>, or a general one. Escape it.</p><hr><h3 id="title" tabindex="-1">title <a class="header-anchor" href="#title" aria-label="Permalink to &quot;title&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>title</strong>: <code>string</code></p></blockquote><p>A heading for the user.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/ForbiddenPage.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ForbiddenPage = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ForbiddenPage as default }
