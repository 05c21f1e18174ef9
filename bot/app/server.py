"""Serves the application over HTTP."""

import socket
import time
from contextlib import nullcontext

from bot.app.service import (
    build_callers,
    build_console,
    build_feedback,
    build_messages,
    build_resume,
    build_service,
    build_speech,
    build_telegram,
)
from bot.errors import ServiceError
from bot.logs import quieten_libraries
from bot.settings import Settings


def serve(settings: Settings, host: str, port: int) -> int:
    """Serves until it is told to stop. Raises ServiceError where the port is taken or a part is missing."""
    import uvicorn

    from bot.app.connections import configured

    listening = _listen(host, port)
    print("正在加载模型和文件，约需十秒……", flush=True)
    started = time.monotonic()
    quieten_libraries()
    from bot.web.app import create_app

    service = build_service(settings)
    speech = build_speech(service)
    telegram = build_telegram(service, speech)
    routes = [*(telegram.routes if telegram else ()), build_console(service, speech)]
    beside = telegram.running if telegram else nullcontext
    callers = build_callers(settings, service.records)
    app = create_app(
        service.conversation,
        speech,
        routes,
        beside,
        messages=build_messages(service.records, callers),
        embedding=settings.embedding,
        measuring=service.measuring,
        resume=build_resume(service.records, callers),
        feedback=build_feedback(service, callers),
        limiter=service.limiter,
        callers=callers,
    )
    print(
        f"助业通已启动（{time.monotonic() - started:.0f}秒）：http://{_shown(host)}:{port}/  按 Ctrl-C 停止", flush=True
    )
    uvicorn.Server(configured(app, settings.proxies)).run(sockets=[listening])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise ServiceError(
            f"cannot listen on {host}:{port} ({error.strerror}); another program may be using the port: "
            f"stop it, or choose another with ZHUYETONG_PORT or --port"
        ) from error
    return listening


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
