"""What JupyterLab's server does for us beyond its settings: what a kernel says goes to the page at once.

A kernel answers a key press in several small messages. Left to itself, TCP holds the second back until the browser
has confirmed the first, up to 40 ms later (Nagle's algorithm and delayed acknowledgement, RFC 896 and RFC 1122).
"""

from __future__ import annotations

import asyncio

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """The connection from a kernel to a page, without that wait."""

    def connect(self) -> asyncio.Future[None] | None:
        self.websocket_handler.set_nodelay(True)
        return super().connect()
