import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: LambdaResult","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/platforms/aws-lambda/interfaces/LambdaResult.md","filePath":"reference/platforms/aws-lambda/interfaces/LambdaResult.md"}',
)
const _sfc_main = { name: 'reference/platforms/aws-lambda/interfaces/LambdaResult.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/aws-lambda</a> / LambdaResult</p><h1 id="interface-lambdaresult" tabindex="-1">Interface: LambdaResult <a class="header-anchor" href="#interface-lambdaresult" aria-label="Permalink to &quot;Interface: LambdaResult&quot;">​</a></h1><p>A response of the payload format 2.0.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="body" tabindex="-1">body <a class="header-anchor" href="#body" aria-label="Permalink to &quot;body&quot;">​</a></h3><blockquote><p><strong>body</strong>: <code>string</code></p></blockquote><p>The body.</p><hr><h3 id="cookies" tabindex="-1">cookies <a class="header-anchor" href="#cookies" aria-label="Permalink to &quot;cookies&quot;">​</a></h3><blockquote><p><strong>cookies</strong>: <code>string</code>[]</p></blockquote><p>The <code><span class="word">Set-Cookie</span></code> values. Each of them becomes a header.</p><hr><h3 id="headers" tabindex="-1">headers <a class="header-anchor" href="#headers" aria-label="Permalink to &quot;headers&quot;">​</a></h3><blockquote><p><strong>headers</strong>: <code>Record</code>&lt;<code>string</code>, <code>string</code>&gt;</p></blockquote><p>The headers except <code><span class="word">Set-Cookie</span></code>.</p><hr><h3 id="isbase64encoded" tabindex="-1">isBase64Encoded <a class="header-anchor" href="#isbase64encoded" aria-label="Permalink to &quot;isBase64Encoded&quot;">​</a></h3><blockquote><p><strong>isBase64Encoded</strong>: <code>boolean</code></p></blockquote><p>Whether the body is base64, because it is not text.</p><hr><h3 id="statuscode" tabindex="-1">statusCode <a class="header-anchor" href="#statuscode" aria-label="Permalink to &quot;statusCode&quot;">​</a></h3><blockquote><p><strong>statusCode</strong>: <code>number</code></p></blockquote><p>The status code.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/platforms/aws-lambda/interfaces/LambdaResult.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const LambdaResult = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, LambdaResult as default }
